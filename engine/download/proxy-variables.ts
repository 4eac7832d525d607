/**
 * The proxy that the usual variables name for an address: HTTPS_PROXY or HTTP_PROXY by its scheme, else ALL_PROXY, in lower case before upper case. Null where
 * they say nothing of it; a `proxy` of null where NO_PROXY says that it is reached without one.
 */
export function proxyOfVariables(address: URL, env: NodeJS.ProcessEnv): { readonly proxy: string | null } | null {
  const given = (name: string): string | null => env[name.toLowerCase()]?.trim() || env[name]?.trim() || null
  if (isExcepted(address, given('NO_PROXY') ?? '')) return { proxy: null }
  const proxy = given(address.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? given('ALL_PROXY')
  return proxy === null ? null : { proxy: proxy.includes('://') ? proxy : `http://${proxy}` }
}

/** NO_PROXY: names (and what lies below them), with or without a leading dot or star, with or without a port; `*` means all. */
export function isExcepted(address: URL, exceptions: string): boolean {
  const host = bare(address.hostname)
  const port = address.port === '' ? (address.protocol === 'https:' ? '443' : '80') : address.port
  return exceptions.split(/[\s,;|]+/).some((entry) => {
    if (entry === '') return false
    if (entry === '*') return true
    const [, name = '', wanted] = /^(\[[^\]]*\]|[^:]*(?:::?[^:]*){2,}|[^:]*)(?::(\d+))?$/.exec(entry) ?? []
    if (wanted !== undefined && wanted !== port) return false
    const domain = bare(name).replace(/^\*?\./, '')
    return domain !== '' && (host === domain || host.endsWith(`.${domain}`))
  })
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, '').replace(/\.$/, '')
}
