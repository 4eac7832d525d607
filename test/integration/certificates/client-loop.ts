import { Agent, request } from 'node:https'
import { setImmediate as turn } from 'node:timers/promises'
import type { SecuredHome } from '../node/node-home.ts'

/**
 * While the second node leaves, a shard that it was to hold is answered with 503 or waited for: that is no matter of
 * certificates.
 */
export const isOfAbsentNode = (why: string): boolean => /: (?:503|504|429)$/.test(why)

/**
 * A client that indexes and searches without a pause, each request on a connection of its own or all on one, trusting
 * the CA that it was given once.
 */
export function clientOf(
  { url, caPem, password }: Pick<SecuredHome, 'url' | 'caPem' | 'password'>,
  keepAlive: boolean,
): { stop(): Promise<{ sent: number; lost: string[] }> } {
  const agent = new Agent({ ca: caPem, keepAlive, maxSockets: 1 })
  const lost: string[] = []
  let sent = 0
  const stopping = new AbortController()
  const one = (method: string, path: string, body?: string): Promise<void> =>
    new Promise((resolve) => {
      sent++
      const fail = (why: string): void => {
        lost.push(`${method} ${path}: ${why}`)
        resolve()
      }
      const headers = {
        authorization: `Basic ${Buffer.from(`elastic:${password.reveal()}`).toString('base64')}`,
        'content-type': 'application/json',
      }
      request(new URL(path, url), { agent, method, headers, timeout: 60_000 }, (response) => {
        response
          .resume()
          .on('end', () =>
            response.statusCode === 200 || response.statusCode === 201 ? resolve() : fail(String(response.statusCode)),
          )
      })
        .on('timeout', () => fail('no answer'))
        .on('error', (thrown) => fail(thrown.message))
        .end(body)
    })
  const work = (async () => {
    for (let number = 0; !stopping.signal.aborted; number++) {
      await one('PUT', `/loop-${keepAlive}/_doc/${number}`, '{"text":"a line"}')
      await one('GET', `/loop-${keepAlive}/_search?q=text:line`)
      await turn()
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await work
      agent.destroy()
      return { sent, lost }
    },
  }
}
