import { atAnyMoment } from '../any-moment.ts'
import { openFirstNode } from '../first-node.ts'
import type { Part } from '../part.ts'
import { timeOurs, timeStock } from '../timed-process.ts'

export const tokenPart: Part = {
  name: 'token',
  title: 'A Kibana enrollment token',
  about:
    'Stock is `bin/elasticsearch-create-enrollment-token -s kibana`. Ours is the same router call that the wizard makes; the second row is asked with a password by somebody who has only the home; the third is the whole command line; the last asks without a password, as stock does. Those two begin at any moment between two looks of the node at its file realm.',
  times: 1,
  open: async (version) => {
    const { engine, home, target, setupId, password, close } = await openFirstNode(version)
    return {
      close,
      measures: [
        {
          id: 'stock',
          what: 'stock: `elasticsearch-create-enrollment-token`',
          unit: 'ms',
          take: async () => {
            await atAnyMoment()
            const { ms, out } = await timeStock(home, 'elasticsearch-create-enrollment-token', ['-s', 'kibana'])
            expectToken(out.trim().split('\n').at(-1) ?? '')
            return ms
          },
        },
        {
          id: 'ours',
          what: 'ours, in the wizard',
          unit: 'ms',
          goals: [{ of: 'stock', most: 1 / 50, limit: 'A connection of its own with its TLS handshake, and one request that Elasticsearch answers when the key is written.' }],
          take: () => timed(async () => expectToken((await engine.cluster.token({ target, setupId, scope: 'kibana' })).token)),
        },
        {
          id: 'asked',
          what: 'ours, from the home and a password',
          unit: 'ms',
          take: () => timed(async () => expectToken((await engine.cluster.token({ target, password, scope: 'kibana' })).token)),
        },
        {
          id: 'command',
          what: 'ours: `firstnode token`',
          unit: 'ms',
          goals: [{ of: 'stock', most: 1 / 15, limit: 'Starting Node and reading the engine takes most of it; what the wizard waits for is the rest.' }],
          take: async () => {
            const { ms, out } = await timeOurs(['token', '--scope', 'kibana', '--home', home.home, '--password-stdin'], { input: `${password}\n` })
            expectToken(out.trim())
            return ms
          },
        },
        {
          id: 'file-realm',
          what: 'ours, without a password',
          unit: 'ms',
          take: async () => {
            await atAnyMoment()
            return timed(async () => expectToken((await engine.cluster.token({ target, scope: 'kibana' })).token))
          },
        },
      ],
    }
  },
}

function expectToken(text: string): void {
  const said = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as { key?: unknown; fgr?: unknown }
  if (typeof said.key !== 'string' || typeof said.fgr !== 'string') throw new Error('That is no enrollment token.')
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
