import type { Server, Socket } from 'node:net'
import { limitsHere } from '../engine/preflight/process-limits.ts'

/** What a peer may hold before it shows the key of a session. */
export interface UnprovedLimits {
  /** connections at once; one more closes the oldest */
  readonly connections: number
  /** ms for the header of a request, from the connection on */
  readonly headersMs: number
  /** ms for a whole request */
  readonly requestMs: number
  /** ms from an answer to the next request */
  readonly idleMs: number
  /** ms in which nothing comes and nothing is taken */
  readonly silentMs: number
}

/** A browser opens six connections for a page. Most file descriptors are for the work of the engine, however few there are. */
export function usualLimits(openFiles = limitsHere().openFiles): UnprovedLimits {
  const connections = Math.max(16, Math.min(256, Math.floor((openFiles ?? Infinity) / 4)))
  return { connections, headersMs: 10_000, requestMs: 20_000, idleMs: 5000, silentMs: 30_000 }
}

/** The connections of peers that have not shown the key of a session. Any account of this machine can open them. */
export interface UnprovedConnections {
  /** The peer showed a key: its connection is not counted and not closed here any more. */
  release(socket: object): void
  closeAll(): void
}

/**
 * Holds at most `most` unproved connections of a server: one more closes the oldest. The page sends its requests as soon
 * as it is connected and is answered within milliseconds, so it is never the oldest for long. Where the process runs out
 * of file descriptors all the same, the older half is closed, and the server goes on.
 */
export function boundUnproved(server: Server, most: number): UnprovedConnections {
  const sockets = new Set<Socket>()

  const keepNewest = (count: number): void => {
    for (const oldest of sockets) {
      if (sockets.size <= count) return
      sockets.delete(oldest)
      oldest.destroy()
    }
  }
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    keepNewest(most)
  })
  // Without a listener an accept that fails (EMFILE) would end the process.
  server.on('error', () => keepNewest(Math.floor(sockets.size / 2)))
  return {
    release: (socket) => void sockets.delete(socket as Socket),
    closeAll: () => keepNewest(0),
  }
}
