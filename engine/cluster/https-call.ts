import { Agent, request } from 'node:https'
import type { Secret } from '../../shared/secret.ts'
import { within } from '../network/within.ts'
import { tlsOptions, type NodeTls } from '../security/node-tls.ts'

/** One answer: its status, its body as text (at most `cap` characters), and how long it took in ms. */
export interface PlainAnswer {
  readonly status: number
  readonly body: string
  readonly ms: number
}

const cap = 64 * 1024

interface HttpsCall extends NodeTls {
  readonly url: string
  readonly user?: string
  readonly password?: Secret | null
  /** for the whole exchange */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/**
 * GET over TLS that trusts `caPem` alone, as curl does it: no client library, no proxy, no connection kept. What of the body is
 * beyond `cap` is not waited for. Rejects with Node's own errors, and with `timedOut`.
 */
export function httpsGet(call: HttpsCall): Promise<PlainAnswer> {
  return within(call.timeoutMs, call.signal, (signal) => exchange(call, signal))
}

function exchange(call: HttpsCall, signal: AbortSignal): Promise<PlainAnswer> {
  const { url, user = 'elastic', password = null } = call
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        // An agent of its own: the global one may be told to use a proxy.
        agent: new Agent({ keepAlive: false }),
        ...tlsOptions(call),
        signal,
        headers: password === null ? {} : { authorization: `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}` },
      },
      (response) => {
        let body = ''
        const end = (): void => {
          resolve({ status: response.statusCode ?? 0, body: body.slice(0, cap), ms: Math.round(performance.now() - began) })
        }
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          body += chunk
          if (body.length < cap) return
          end()
          asked.destroy()
        })
        response.on('error', reject)
        response.on('end', end)
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}
