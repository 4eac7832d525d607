import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { AnyRouter } from '@orpc/server'
import { loadPage, type Page } from '../engine/host/page.ts'
import { pagePolicy, securityHeaders } from '../engine/host/page-policy.ts'
import { keyOfProtocols, rpcPath, sessionCheckPath, sessionPath, tokenName } from '../shared/browser-session.ts'
import { problem } from '../shared/problems/problem.ts'
import { allowedHosts, type Refusal, refuseForeign, refuseHost, refuseLoad } from './admission.ts'
import { createKeys, printedTokenLife } from './keys.ts'
import { carryContract } from './rpc.ts'
import { readToken } from './token-body.ts'
import { boundUnproved, type UnprovedLimits, usualLimits } from './unproved.ts'

const mostRequestsPerConnection = 100
const mostHeaders = 64

export interface BrowserHost {
  /** `http://127.0.0.1:PORT/`, without a token */
  readonly url: string
  readonly port: number
  /** An address that opens the wizard once, within `life` ms (10 minutes if not said). */
  newAddress(life?: number): string
  close(): Promise<void>
}

/**
 * Starts the loopback-only host of the page.
 * @param options.router the contract, implemented
 * @param options.page folder of the built page
 * @param options.port 0 or none: a free one
 * @param options.tunnel the port was chosen for `ssh -L`: answers to `localhost:PORT` as well
 * @param options.now the clock of the one-time tokens, ms since 1970
 * @param options.limits others than the usual ones
 * Ends with `page_not_built`, `host_port_taken` or `host_port_refused`.
 */
export async function startBrowserHost(options: {
  router: AnyRouter
  page: string
  port?: number
  tunnel?: boolean
  now?: () => number
  limits?: Partial<UnprovedLimits>
}): Promise<BrowserHost> {
  const page = await loadPage(options.page)
  const keys = createKeys(options.now)
  const rpc = carryContract(options.router)
  const limits = { ...usualLimits(), ...options.limits }
  const server = createServer({
    maxHeaderSize: 8192,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(1000, limits.headersMs),
  })
  server.keepAliveTimeout = limits.idleMs
  server.timeout = limits.silentMs
  server.maxHeadersCount = mostHeaders
  server.maxRequestsPerSocket = mostRequestsPerConnection
  const unproved = boundUnproved(server, limits.connections)
  const port = await listen(server, options.port ?? 0)
  const hosts = allowedHosts(port, options.tunnel ?? false)

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy()
      else end(response, 500, 'Firstnode could not answer.')
    })
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refuseUpgrade(request)
    if (refusal !== null) return refuseSocket(socket as Socket, refusal)
    unproved.release(socket)
    return rpc.upgrade(request, socket, head)
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refuseHost(request, hosts)
    if (refusal !== null) return end(response, refusal.status, refusal.sentence)
    if (request.method === 'POST') return answerPost(request, response)
    if (request.method === 'GET' || request.method === 'HEAD') return answerGet(request, response, page)
    return end(response, 405, 'Only GET, HEAD and POST are answered.', { Allow: 'GET, HEAD, POST' })
  }

  async function answerPost(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refuseForeign(request)
    if (refusal !== null) return end(response, refusal.status, refusal.sentence)
    if (request.url === sessionCheckPath) {
      const good = keys.admits(/^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
      return good ? end(response, 204) : end(response, 401, 'That is not the key of a session.', { 'WWW-Authenticate': 'Bearer' })
    }
    if (request.url !== sessionPath) return end(response, 404, 'There is nothing here.')
    const token = await readToken(request)
    if (typeof token !== 'string') return end(response, token.status, token.sentence)
    const key = keys.exchange(token)
    if (key === null) return end(response, 401, 'That token was used before, is too old or unknown.')
    return end(response, 200, JSON.stringify({ key }), { 'Content-Type': 'application/json' })
  }

  function refuseUpgrade(request: IncomingMessage): Refusal {
    const refusal = refuseHost(request, hosts) ?? refuseForeign(request)
    if (refusal !== null) return refusal
    if (request.url !== rpcPath) return { status: 404, sentence: 'There is nothing here.' }
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') return { status: 400, sentence: 'Only WebSockets are opened here.' }
    const key = keyOfProtocols(request.headers['sec-websocket-protocol'])
    if (key === null || !keys.admits(key)) return { status: 401, sentence: 'That is not the key of a session.' }
    if (!rpc.hasRoom()) return { status: 503, sentence: 'Too many tabs are open.' }
    return null
  }

  const url = `http://127.0.0.1:${port}/`
  return {
    url,
    port,
    newAddress: (life = printedTokenLife) => `${url}#${tokenName}=${keys.newToken(life)}`,
    async close() {
      rpc.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        unproved.closeAll()
      })
    },
  }
}

function answerGet(request: IncomingMessage, response: ServerResponse, page: Page): void {
  const path = request.url ?? ''
  const refusal = refuseLoad(request, path === '/' ? 'document' : 'file')
  if (refusal !== null) return end(response, refusal.status, refusal.sentence)
  if (path === '/') {
    const { html, nonce } = page.document()
    // The WebSocket is named because Safari does not count it as `'self'`.
    const policy = pagePolicy(nonce, ["'self'", `ws://${request.headers.host ?? ''}`])
    return end(response, 200, html, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy })
  }
  const file = page.file(path)
  if (file === null) return end(response, 404, 'There is nothing here.')
  const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? file.gzip : null
  return end(response, 200, zipped ?? file.body, {
    'Content-Type': file.type,
    Vary: 'Accept-Encoding',
    ...(zipped === null ? {} : { 'Content-Encoding': 'gzip' }),
  })
}

function end(response: ServerResponse, status: number, body: string | Buffer = '', headers: Record<string, string> = {}): void {
  const refused = status >= 400
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    ...(status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    // What a refused request still has to send is not worth reading.
    ...(refused ? { Connection: 'close' } : {}),
    ...headers,
  })
  response.end(response.req.method === 'HEAD' ? '' : body)
}

function refuseSocket(socket: Socket, refusal: NonNullable<Refusal>): void {
  const headers = Object.entries({
    ...securityHeaders,
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(refusal.sentence)),
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on('error', () => socket.destroy())
  const status = `${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`
  socket.write(`HTTP/1.1 ${status}\r\n${headers.join('')}\r\n${refusal.sentence}`)
  // To end it is not enough: Node leaves the other half open for as long as the peer does.
  socket.destroySoon()
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRINUSE') reject(problem('host_port_taken', { port }, { cause }))
      else if (cause.code === 'EACCES') reject(problem('host_port_refused', { port }, { cause }))
      else reject(cause)
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve)
  })
  return (server.address() as AddressInfo).port
}
