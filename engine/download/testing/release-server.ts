import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Answering = (request: IncomingMessage, response: ServerResponse, file: Buffer) => void

/** A server like the vendor's, which heeds Range and If-Range and can be made to misbehave. Closed when the test is over. */
export interface ReleaseServer {
  readonly url: string
  /** by path; what is not there is a 404 */
  readonly files: Map<string, Buffer>
  /** what was asked for, in order: the path, and the Range behind it where there was one */
  readonly asked: string[]
  /** answers the next requests for a path, one each; then it behaves again */
  next(path: string, ...answering: Answering[]): void
  always(path: string, answering: Answering): void
}

export async function releaseServer(tls: { readonly key: string; readonly cert: string } | null = null): Promise<ReleaseServer> {
  const files = new Map<string, Buffer>()
  const asked: string[] = []
  const once = new Map<string, Answering[]>()
  const each = new Map<string, Answering>()
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? ''
    const { range } = request.headers
    asked.push(range === undefined ? path : `${path} ${range}`)
    const answering = once.get(path)?.shift() ?? each.get(path) ?? behave
    answering(request, response, files.get(path) ?? Buffer.alloc(0))
  }
  const behave: Answering = (request, response, file) => (files.has(request.url ?? '') ? give(request, response, file) : void response.writeHead(404).end('no such thing'))
  const server = tls === null ? createServer(listener) : createTlsServer(tls, listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  return {
    url: `${tls === null ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    asked,
    next: (path, ...answering) => void once.set(path, [...(once.get(path) ?? []), ...answering]),
    always: (path, answering) => void each.set(path, answering),
  }
}

export function tagOf(file: Buffer): string {
  return `"${createHash('sha1').update(file).digest('hex')}"`
}

/** As a good server does. */
export const give: Answering = (request, response, file) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === tagOf(file)
  const headers = { etag: tagOf(file), 'content-type': 'application/octet-stream' }
  if (start === 0 || !isSame) response.writeHead(200, { ...headers, 'content-length': file.length }).end(file)
  else if (start >= file.length) response.writeHead(416).end()
  else response.writeHead(206, { ...headers, 'content-length': file.length - start, 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` }).end(file.subarray(start))
}

/** Cuts the line when the file has come up to `byte`. */
export function cutAt(byte: number): Answering {
  return (request, response, file) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const headers = { etag: tagOf(file), 'content-length': file.length - start }
    response.writeHead(start === 0 ? 200 : 206, start === 0 ? headers : { ...headers, 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` })
    response.flushHeaders()
    response.write(file.subarray(start, Math.max(start, byte)), () => response.destroy())
  }
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answering {
  return (_, response) => void response.writeHead(code, headers).end()
}

export function page(text: string): Answering {
  return (_, response) => void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text)
}
