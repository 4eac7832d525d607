import { atAnyMoment } from '../any-moment.ts'
import { openFirstNode } from '../first-node.ts'
import type { Part } from '../part.ts'
import { timeOurs, timeStock } from '../timed-process.ts'

/** A user of its own, so that the elastic user keeps the password that ours asks with. */
const username = 'remote_monitoring_user'

export const passwordPart: Part = {
  name: 'password',
  title: 'A new password for a user',
  about:
    'Stock is `bin/elasticsearch-reset-password -u USER -a -b -s`, which knows no other way than a temporary superuser in the file realm. Ours is the same router call that the wizard makes, with the present password of the elastic user; the second row is the whole command line; the last asks without a password, as stock does. Those two begin at any moment between two looks of the node at its file realm.',
  times: 1,
  open: async (version) => {
    const { engine, home, target, password, close } = await openFirstNode(version)
    const expectPassword = (text: string): void => {
      if (!/^\S{12,}$/.test(text)) throw new Error('That is no password.')
    }
    const timed = async (elasticPassword: { elasticPassword?: string }): Promise<number> => {
      const began = performance.now()
      const set = await engine.cluster.newPassword({ target, username, ...elasticPassword })
      const ms = performance.now() - began
      expectPassword(set.password)
      if (!set.proved) throw new Error('The new password was not accepted.')
      return ms
    }
    return {
      close,
      measures: [
        {
          id: 'stock',
          what: 'stock: `elasticsearch-reset-password`',
          unit: 'ms',
          take: async () => {
            await atAnyMoment()
            const { ms, out } = await timeStock(home, 'elasticsearch-reset-password', ['-u', username, '-a', '-b', '-s'])
            expectPassword(out.trim().split('\n').at(-1) ?? '')
            return ms
          },
        },
        {
          id: 'ours',
          what: 'ours, with the present password',
          unit: 'ms',
          goals: [{ of: 'stock', most: 1 / 20, limit: 'A TLS handshake, a hash of the new password and its write to the security index, and a login that proves it, for which it is hashed again.' }],
          take: () => timed({ elasticPassword: password }),
        },
        {
          id: 'command',
          what: 'ours: `firstnode reset-password`',
          unit: 'ms',
          goals: [{ of: 'stock', most: 1 / 20, limit: 'Starting Node and reading our code takes half of it; what the wizard waits for is the other half.' }],
          take: async () => {
            const { ms, out } = await timeOurs(['reset-password', '--home', home.home, '--username', username], { elasticPassword: password })
            expectPassword(out.trim())
            return ms
          },
        },
        {
          id: 'file-realm',
          what: 'ours, without a password',
          unit: 'ms',
          goals: [
            {
              of: 'stock',
              most: 1 / 20,
              limit: 'A running node looks at its file realm every 5 s (`resource.reload.interval.high`) and nothing makes it look sooner, so whoever has no password waits 2.5 s in the middle; stock waits for the same look.',
            },
          ],
          take: async () => {
            await atAnyMoment()
            return timed({})
          },
        },
      ],
    }
  },
}
