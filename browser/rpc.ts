import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type AnyRouter, ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { isAbort, isCall } from '../engine/host/call-envelope.ts'
import { tellProblem } from '../engine/setup/tell-problem.ts'
import { problem } from '../shared/problems/problem.ts'
import { webSocketProtocol } from '../shared/browser-session.ts'
import { MiB } from '../shared/sizes.ts'

/** The largest message from the page, in bytes: the contract's inputs are paths and names. */
export const mostMessageBytes = 256 * 1024
/** Tabs at once; more are turned away. */
export const mostSockets = 32
/** Calls of one tab at once, what it watches among them; more are answered with `too_many_calls` and not begun. */
export const mostCalls = 256
/** Bytes of answers that a tab has not taken yet: beyond that nothing more is read from it. */
export const mostUntaken = 4 * MiB
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
  const refusing = new RPCHandler(router, { interceptors: [() => Promise.reject(tooManyCalls())] })
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
        carryCalls(opened, handler, refusing)
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

function tooManyCalls(): ORPCError<'PROBLEM', unknown> {
  const data = tellProblem(problem('too_many_calls', { most: mostCalls }))
  return new ORPCError('PROBLEM', { message: data.message, data })
}

/** oRPC's own: ends when the call has ended, and a stream is told to its end. */
type Listener = (event: { data: string }) => unknown

/** Gives well-formed calls to `handler`, and those beyond `mostCalls` to `refusing`. A tab that sends anything else is hung up on. */
function carryCalls(socket: WebSocket, handler: RPCHandler<object>, refusing: RPCHandler<object>): void {
  const [begin, refuse] = [listenerOf(socket, handler), listenerOf(socket, refusing)]
  let underWay = 0
  const take = async (data: string): Promise<void> => {
    if (isAbort(data)) return void begin({ data })
    if (underWay >= mostCalls) return void refuse({ data })
    underWay += 1
    await begin({ data })
    underWay -= 1
  }
  socket.on('message', (data: Buffer, binary) => {
    const text = binary ? null : data.toString('utf8')
    if (text !== null && isCall(text)) void take(text)
    else socket.close(1007, 'Not a message of the contract')
  })
}

/**
 * What `handler` does with a message of this socket. Its `send` ends when the tab took the answer, so that a slow one slows
 * its stream. A tab that takes no answers is not read any further until it does; the heartbeat ends one that never does.
 */
function listenerOf(socket: WebSocket, handler: RPCHandler<object>): Listener {
  let found: Listener = () => undefined
  const send = (data: string) => new Promise<void>((resolve) => {
    // A tab that has gone is told of by `close`; its unsent answers are nobody's.
    socket.send(data, () => {
      if (socket.isPaused && socket.bufferedAmount <= mostUntaken / 2) socket.resume()
      resolve()
    })
    if (socket.bufferedAmount > mostUntaken) socket.pause()
  })
  const addEventListener = (type: string, listener: Listener) => {
    if (type === 'message') found = listener
    else socket.on(type, listener)
  }
  void handler.upgrade({ send, addEventListener } as unknown as Pick<WebSocket, 'addEventListener' | 'send'>)
  return found
}
