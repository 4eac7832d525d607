import { Agent, get } from 'node:https'
import { z } from 'zod'
import type { FirstNode } from './first-node.ts'

const every = 20
const patience = 600_000
const health = z.object({ number_of_nodes: z.number() })

/** Asks the first node from outside until its cluster has `count` nodes; the same for whoever started them. `stillGood` throws when it never will. */
export async function untilNodes(first: FirstNode, count: number, stillGood: () => void = () => undefined): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  const deadline = Date.now() + patience
  try {
    for (;;) {
      const there = await countNodes(first, agent)
      if (there === count) return
      stillGood()
      if (Date.now() > deadline) throw new Error(`The cluster has ${there ?? 'no'} nodes, not ${count}, after ${patience / 60_000} minutes.`)
      await new Promise((resolve) => setTimeout(resolve, every))
    }
  } finally {
    agent.destroy()
  }
}

/** null where the node gives no answer at the moment. */
function countNodes({ home, password }: FirstNode, agent: Agent): Promise<number | null> {
  return new Promise((resolve, reject) => {
    // Who answers is proved elsewhere: here only what it counts.
    const asked = { host: '127.0.0.1', port: home.httpPort, path: '/_cluster/health', agent, auth: `elastic:${password}`, rejectUnauthorized: false, timeout: 5000 }
    const request = get(asked, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.once('error', () => resolve(null))
      response.once('end', () => {
        if (response.statusCode === 401) reject(new Error('The first node does not accept its password any more.'))
        else resolve(response.statusCode === 200 ? health.parse(JSON.parse(text)).number_of_nodes : null)
      })
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(null))
  })
}
