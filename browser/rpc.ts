import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { AnyRouter } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { isCall } from '../engine/host/call-envelope.ts'
import { webSocketProtocol } from '../shared/browser-session.ts'

/** The largest message from the page, in bytes: the contract's inputs are paths and names. */
export const mostMessageBytes = 256 * 1024
/** Tabs at once; more are turned away. */
export const mostSockets = 32
/** A tab that does not answer a ping within this many ms is gone, and what it watched is ended. */
const pingEvery = 30_000

export interface Rpc {
  /** May one more WebSocket be opened? */
  hasRoom(): boolean
  /** Takes over an upgrade that was admitted. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

/** Carries the contract over WebSockets: calls, streams, typed errors and aborts. A closed socket aborts its calls. */
export function carryContract(router: AnyRouter): Rpc {
  const handler = new RPCHandler(router)
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: mostMessageBytes,
    perMessageDeflate: false,
    // The key travels among the subprotocols and must not come back, so never leave the choice to the first one.
    handleProtocols: () => webSocketProtocol,
  })
  const silent = new WeakSet<WebSocket>()
  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (silent.has(socket)) socket.terminate()
      silent.add(socket)
      socket.ping()
    }
  }, pingEvery)
  heartbeat.unref()

  return {
    hasRoom: () => server.clients.size < mostSockets,
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (opened) => {
        opened.on('pong', () => silent.delete(opened))
        // ws closes a socket by itself after a faulty frame; without a listener the error would end the host.
        opened.on('error', () => opened.terminate())
        void handler.upgrade(speaking(opened))
      })
    },
    close() {
      clearInterval(heartbeat)
      for (const socket of server.clients) socket.close(1001, 'Firstnode has ended')
      for (const socket of server.clients) setTimeout(() => socket.terminate(), 500).unref()
      server.close()
    },
  }
}

/** The socket as oRPC sees it: only well-formed text comes in, and `send` ends when the tab took it, so that a slow one slows its stream. */
function speaking(socket: WebSocket): Pick<WebSocket, 'addEventListener' | 'send'> {
  const send = (data: string) => new Promise<void>((resolve) => {
    // A tab that has gone is told of by `close`; its unsent answers are nobody's.
    socket.send(data, () => resolve())
  })
  const addEventListener = (type: string, listener: (event: { data: unknown }) => void) => {
    if (type !== 'message') return socket.on(type, listener)
    return socket.on('message', (data: Buffer, binary) => {
      const text = binary ? null : data.toString('utf8')
      if (text !== null && isCall(text)) listener({ data: text })
      else socket.close(1007, 'Not a message of the contract')
    })
  }
  return { send, addEventListener } as unknown as Pick<WebSocket, 'addEventListener' | 'send'>
}
