/** What of a session is needed: Chromium's own knowledge of the system's proxies, scripts among it. */
export interface ProxyResolver {
  resolveProxy(address: string): Promise<string>
}

/**
 * The proxy by which the system reaches an address, as an address of its own; null for none. Chromium answers `PROXY host:port; DIRECT`, best first.
 */
export async function proxyOf(session: ProxyResolver, address: string): Promise<string | null> {
  for (const way of (await session.resolveProxy(address)).split(';')) {
    const [kind = '', host = ''] = way.trim().split(/\s+/)
    if (kind.toUpperCase() === 'DIRECT') return null
    if (kind.toUpperCase() === 'PROXY' && host !== '') return `http://${host}`
    if (kind.toUpperCase() === 'HTTPS' && host !== '') return `https://${host}`
  }
  return null
}
