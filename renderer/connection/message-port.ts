import { type ClientContext, createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { Connection, Engine } from './engine.ts'
import { keepStanding } from './standing.ts'

/** What of the window a connection needs; a parameter so that it can be tested without one. */
export type PortWindow = Pick<Window, 'postMessage' | 'addEventListener'>

/** Nobody in the window answers within this (ms): then nobody is there. */
const patience = 15_000
/** ms after which a port that closed is asked for anew */
const pause = 300

/**
 * The contract over the one port that the desktop application hands to its page. Asks for it, takes it from this very window alone, and asks
 * anew where it closes. Gives `silent` where no port comes within 15 seconds.
 */
export function connectMessagePort(window: PortWindow): Promise<Connection | 'silent'> {
  const { standing, onStanding, stand } = keepStanding()
  let link: RPCLink<ClientContext> | null = null

  const ask = (): void => window.postMessage({ firstnode: 'ask-port' }, '*')

  function take(port: MessagePort): void {
    link = new RPCLink({ port })
    port.addEventListener('close', () => {
      link = null
      stand('lost')
      setTimeout(ask, pause)
    })
    port.start()
    stand('open')
  }

  const engine = createORPCClient<Engine>({
    call: (path, input, options) => (link === null ? Promise.reject(new Error('The connection is closed')) : link.call(path, input, options)),
  })
  const connection: Connection = { engine, standing, onStanding }

  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('silent'), patience)
    window.addEventListener('message', ({ source, data, ports: [port] }) => {
      if (source !== window || !isPort(data) || port === undefined) return
      clearTimeout(timer)
      take(port)
      resolve(connection)
    })
    ask()
  })
}

function isPort(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'firstnode' in data && data.firstnode === 'port'
}
