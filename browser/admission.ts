import type { IncomingMessage } from 'node:http'

/** Why a request is turned away: a status and one sentence. Null lets it in. */
export type Refusal = { readonly status: number; readonly sentence: string } | null

type Request = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'method' | 'url'>

/** The names this host answers to. `localhost` only where the port was chosen for a tunnel (`ssh -L`). */
export function allowedHosts(port: number, tunnel: boolean): readonly string[] {
  return tunnel ? [`127.0.0.1:${port}`, `localhost:${port}`] : [`127.0.0.1:${port}`]
}

/**
 * Turns away requests that a foreign name led here (DNS rebinding): the Host header must be one of `hosts`, exactly and
 * once (421, RFC 9110 15.5.20), and the request target a path.
 */
export function refuseHost(request: Request, hosts: readonly string[]): Refusal {
  const named = request.rawHeaders.filter((entry, index) => index % 2 === 0 && entry.toLowerCase() === 'host').length
  if (named !== 1 || !hosts.includes(request.headers.host ?? '')) return { status: 421, sentence: 'This host does not answer to that name.' }
  if (!request.url?.startsWith('/')) return { status: 400, sentence: 'The request target must be a path.' }
  return null
}

/**
 * Turns away pages of other origins: whatever changes state or opens a socket must come from the page of this very host
 * (Origin exactly `http://` and the Host asked for), and a browser that says where a request comes from must say same-origin.
 */
export function refuseForeign(request: Request): Refusal {
  if (request.headers.origin !== `http://${request.headers.host}`) return { status: 403, sentence: 'Only the page of this host may do that.' }
  return refuseSite(request, ['same-origin'])
}

/**
 * Turns away foreign pages that want to load a file of this host. The page itself may be opened from anywhere (a
 * terminal's link, the redirecting file), but only as a document of its own, never inside another.
 */
export function refuseLoad(request: Request, what: 'document' | 'file'): Refusal {
  if (what === 'file') return refuseSite(request, ['same-origin', 'none'])
  const destination = request.headers['sec-fetch-dest']
  if (destination !== undefined && destination !== 'document' && request.headers['sec-fetch-site'] !== 'same-origin') {
    return { status: 403, sentence: 'The page opens in a window of its own only.' }
  }
  return null
}

function refuseSite(request: Request, allowed: readonly string[]): Refusal {
  const site = request.headers['sec-fetch-site']
  if (site === undefined || (typeof site === 'string' && allowed.includes(site))) return null
  return { status: 403, sentence: 'Only the page of this host may do that.' }
}
