import { isIP } from 'node:net'
import { connect } from 'node:tls'
import type { Problem } from '../../shared/problems/problem.ts'
import { tlsOptions, type NodeTls } from '../security/node-tls.ts'
import { connectionProblem } from './client-errors.ts'

/** A server that refuses a certificate does so as soon as it has seen that there is none, or which. */
const refusesWithinMs = 2000

/**
 * What `met` really is, where that is a connection that was closed. By TLS 1.3 a server can refuse a certificate only once the handshake has ended for this side; a request that is on its way then
 * makes the system drop what the server says of that (RFC 8446, appendix E.1.4). So the server is met once more, and sent nothing.
 */
export async function hungUpFor(met: Problem, to: NodeTls & { readonly url: string }): Promise<Problem> {
  if (met.code !== 'unreachable' || !/ECONNRESET|EPIPE|UND_ERR_SOCKET|hang up|other side closed/.test(`${met.message} ${met.detail ?? ''}`)) return met
  const refusal = connectionProblem(await endOfSilence(to), to)
  return refusal.code.startsWith('client_certificate_') ? refusal : met
}

/** How a connection ends on which nothing is said; without an error where it does not end soon. */
function endOfSilence({ url, ...tls }: NodeTls & { readonly url: string }): Promise<Error> {
  const { hostname, port } = new URL(url)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return new Promise((resolve) => {
    const name = isIP(host) === 0 ? { servername: host } : {}
    const socket = connect({ host, port: Number(port || 443), ...name, ...tlsOptions(tls) })
    const end = (how: Error): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(how)
    }
    const timer = setTimeout(() => end(new Error('it says nothing')), refusesWithinMs)
    socket.on('error', end)
    socket.on('close', () => end(new Error('it was closed')))
    // An alert is read only by whoever reads.
    socket.resume()
  })
}
