import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { Client } from '../our-node.ts'
import { atAnyMoment } from '../any-moment.ts'
import { openFirstNode } from '../first-node.ts'
import type { Part } from '../part.ts'

const generate = promisify(generateKeyPair)

export const renewPart: Part = {
  name: 'renew',
  title: 'Renewing the HTTP certificate of a running node',
  about:
    'Ours is the router call that the wizard makes, from the preview until the node serves the new certificate. Elasticsearch has no command for it; the limit is one RSA key of 4096 bits, and the time until the node looks at its files, which it does every five seconds.',
  times: 1,
  open: async (version) => {
    const { engine, target, close } = await openFirstNode(version)
    return {
      close,
      measures: [
        {
          id: 'limit',
          what: 'the limit: one RSA-4096 key, and the next look of the node',
          unit: 'ms',
          take: () =>
            timed(async () => {
              await generate('rsa', { modulusLength: 4096 })
              await atAnyMoment()
            }),
        },
        {
          id: 'ours',
          what: 'ours, in the wizard',
          unit: 'ms',
          goals: [{ of: 'limit', most: 1.2, limit: 'Java opens the new keystore before it takes its place.' }],
          take: async () => {
            await atAnyMoment()
            return timed(() => renewed(engine, target))
          },
        },
      ],
    }
  },
}

async function renewed(engine: Client, target: { readonly home: string }): Promise<void> {
  const { planId } = await engine.certificates.previewRenewal({ target })
  const { workId } = await engine.certificates.renew({ planId })
  for await (const { stage, problem } of await engine.work.watch({ workId })) {
    if (problem !== null) throw new Error(problem.message)
    if (stage === 'done') return
  }
  throw new Error('The renewal did not end.')
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
