import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { within } from '../network/within.ts'
import type { KibanaAddress } from './kibana-address.ts'

/**
 * Whether a Kibana answers as one that can be opened: its status is there, or is kept for those who log in. One that is still starting answers 503. Nothing secret is sent, so its
 * certificate is not looked at.
 */
export function kibanaAnswers(address: KibanaAddress, timeoutMs = 2000): Promise<boolean> {
  return within(timeoutMs, undefined, (signal) => statusThere(address, signal)).catch(() => false)
}

function statusThere({ tls, host, port, statusPath }: KibanaAddress, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = tls ? tlsRequest : plainRequest
    const asked = ask({ host, port, path: statusPath, signal, agent: false, ...(tls ? { rejectUnauthorized: false } : {}) }, (response) => {
      resolve([200, 401, 403].includes(response.statusCode ?? 0))
      // Its body may have no end.
      asked.destroy()
    })
    asked.on('error', () => resolve(false))
    asked.end()
  })
}
