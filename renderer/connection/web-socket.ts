import { type ClientContext, createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { rpcPath, webSocketProtocols } from '../../shared/browser-session.ts'
import type { Connection, Engine } from './engine.ts'
import { keepStanding } from './standing.ts'

/** ms between two attempts to connect again: quick at first, then patient. */
const waits = [150, 400, 1000, 2000, 3000]
/** Attempts after which the page says that the host has gone (and still goes on trying). */
const attemptsUntilGone = 4

/**
 * The contract over a WebSocket that is made anew whenever it breaks. `isGood` asks the host about the key, because a
 * browser does not tell why a WebSocket was refused.
 */
export function connectWebSocket(key: string, isGood: () => Promise<boolean>): Connection {
  const { standing, onStanding, stand } = keepStanding()
  let attempts = 0
  let link = open()

  function open(): RPCLink<ClientContext> {
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${rpcPath}`, webSocketProtocols(key))
    socket.addEventListener('open', () => {
      attempts = 0
      stand('open')
    })
    socket.addEventListener('close', () => {
      if (standing() === 'open') stand('lost')
      setTimeout(() => void again(), waits[Math.min(attempts, waits.length - 1)])
      attempts += 1
    })
    return new RPCLink({ websocket: socket })
  }

  async function again(): Promise<void> {
    const good = await isGood().catch(() => null)
    if (good === false) return stand('spent')
    if (good === null && attempts >= attemptsUntilGone) stand('gone')
    link = open()
  }

  const engine = createORPCClient<Engine>({ call: (path, input, options) => link.call(path, input, options) })
  return { engine, standing, onStanding }
}
