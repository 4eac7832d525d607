import { kibanaText, type KibanaSettings } from './kibana-settings.ts'

/** Where a Kibana listens, and where a browser on this machine finds it. */
export interface KibanaAddress {
  readonly port: number
  /** what this machine asks */
  readonly host: string
  readonly tls: boolean
  /** for a browser: http://localhost:5601, with the base path that a proxy before it has */
  readonly url: string
  /** `/api/status`, below the base path that Kibana itself listens on */
  readonly statusPath: string
}

const usualPort = 5601

/** By the settings `server.port`, `.host`, `.ssl.enabled`, `.basePath`, `.rewriteBasePath` and `.publicBaseUrl`. */
export function kibanaAddress(settings: KibanaSettings): KibanaAddress {
  const port = Number(kibanaText(settings, 'server.port') ?? usualPort) || usualPort
  const bound = kibanaText(settings, 'server.host') ?? 'localhost'
  const host = ['0', '0.0.0.0', '::', ''].includes(bound) ? 'localhost' : bound
  const tls = kibanaText(settings, 'server.ssl.enabled') === 'true'
  const listensBelow = kibanaText(settings, 'server.rewriteBasePath') === 'true' ? (kibanaText(settings, 'server.basePath') ?? '') : ''
  const own = `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}${listensBelow}`
  return { port, host, tls, url: kibanaText(settings, 'server.publicBaseUrl') ?? own, statusPath: `${listensBelow}/api/status` }
}
