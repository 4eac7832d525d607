import { Agent, request } from 'node:https'
import type { Secret } from '../../shared/secret.ts'
import { tlsOptions, type NodeTls } from '../security/node-tls.ts'

/** One answer: its status, its body as text (at most `cap` characters), and how long it took in ms. */
export interface PlainAnswer {
  readonly status: number
  readonly body: string
  readonly ms: number
}

const cap = 64 * 1024

/**
 * GET over TLS that trusts `caPem` alone, as curl does it: no client library, no proxy, no connection kept.
 * Rejects with Node's own errors.
 */
export function httpsGet(call: NodeTls & {
  url: string
  user?: string
  password?: Secret | null
  timeoutMs: number
  signal?: AbortSignal
}): Promise<PlainAnswer> {
  const { url, user = 'elastic', password = null, timeoutMs, signal } = call
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        // An agent of its own: the global one may be told to use a proxy.
        agent: new Agent({ keepAlive: false }),
        ...tlsOptions(call),
        timeout: timeoutMs,
        ...(signal === undefined ? {} : { signal }),
        headers: password === null ? {} : { authorization: `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}` },
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          if (body.length < cap) body += chunk
        })
        response.on('error', reject)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: body.slice(0, cap), ms: Math.round(performance.now() - began) }))
      },
    )
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${timeoutMs} ms`)))
    asked.on('error', reject)
    asked.end()
  })
}
