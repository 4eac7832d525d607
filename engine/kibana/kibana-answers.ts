import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { KibanaAddress } from './kibana-address.ts'

/**
 * Whether a Kibana answers as one that can be opened: its status is there, or is kept for those who log in. One that is still starting answers 503. Nothing secret is sent, so its
 * certificate is not looked at.
 */
export function kibanaAnswers({ tls, host, port, statusPath }: KibanaAddress, timeoutMs = 2000): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = tls ? tlsRequest : plainRequest
    const asked = ask({ host, port, path: statusPath, timeout: timeoutMs, agent: false, ...(tls ? { rejectUnauthorized: false } : {}) }, (response) => {
      response.resume()
      resolve([200, 401, 403].includes(response.statusCode ?? 0))
    })
    asked.on('timeout', () => asked.destroy(new Error('no answer')))
    asked.on('error', () => resolve(false))
    asked.end()
  })
}
