import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { tlsOptions, type OwnCertificate } from '../security/node-tls.ts'

/** Where to connect: a name or an address without brackets. */
export interface Peer {
  readonly host: string
  readonly port: number
}

/** `host:port` of a token or of an https address (an IPv6 address has brackets, and 443 may be left out) as a peer. */
export function peerOf(address: string): Peer {
  const colon = /:\d+$/.exec(address)?.index
  if (colon === undefined) return { host: address.replace(/^\[(.*)\]$/, '$1'), port: 443 }
  return { host: address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(address.slice(colon + 1)) }
}

/**
 * A TLS connection on which nothing was sent yet but the handshake. With `caPem` it is proved by that CA, and for that name unless both sides show
 * certificates (`own`): those of nodes on transport name no host. Without, it is anybody's.
 * Rejects with Node's own errors; `withinMs` bounds the whole handshake.
 */
export function openTls(asked: { peer: Peer; caPem: string | null; own?: OwnCertificate; signal: AbortSignal; withinMs: number }): Promise<TLSSocket> {
  const { peer, caPem, own, signal, withinMs } = asked
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const name = isIP(peer.host) === 0 ? { servername: peer.host } : {}
    const trust = caPem === null ? { rejectUnauthorized: false } : tlsOptions({ caPem, own })
    const socket = connect({ ...peer, ...name, ...trust, ...(own === undefined ? {} : { checkServerIdentity: () => undefined }) })
    const giveUp = (): void => fail(signal.reason)
    const timer = setTimeout(() => fail(Object.assign(new Error(`no answer within ${Math.round(withinMs / 1000)} s`), { code: 'ETIMEDOUT' })), withinMs)
    const settle = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
    }
    const fail = (reason: unknown): void => {
      settle()
      socket.destroy()
      reject(reason)
    }
    signal.addEventListener('abort', giveUp, { once: true })
    socket.on('error', fail)
    socket.once('close', () => fail(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' })))
    socket.once('secureConnect', () => {
      settle()
      socket.removeAllListeners('close')
      resolve(socket)
    })
  })
}
