import { Agent, get } from 'node:https'

const every = 20
const patience = 600_000

/** Asks the port from outside until HTTPS answers with any status at all; the same for whoever started the node. `stillGood` throws when it never will. */
export async function untilHttpsAnswers(port: number, stillGood: () => void): Promise<void> {
  const agent = new Agent({ keepAlive: false, maxCachedSessions: 0 })
  const deadline = Date.now() + patience
  while (!(await answers(port, agent))) {
    stillGood()
    if (Date.now() > deadline) throw new Error(`HTTPS did not answer within ${patience / 60_000} minutes.`)
    await new Promise((resolve) => setTimeout(resolve, every))
  }
}

function answers(port: number, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    // Who answers is proved elsewhere: here only when.
    const request = get({ host: '127.0.0.1', port, path: '/', agent, rejectUnauthorized: false, timeout: 5000 }, (response) => {
      response.resume()
      resolve(true)
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(false))
  })
}
