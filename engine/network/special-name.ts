/** The name within a special value of Elasticsearch, and its family: `_eth0:ipv4_` or `#eth0:ipv4#`; null for what is none. */
export function specialName(host: string): { readonly name: string; readonly family: 4 | 6 | null } | null {
  const [, underscored, hashed] = /^(?:_(.+)_|#(.+)#)$/s.exec(host) ?? []
  const inside = underscored ?? hashed
  if (inside === undefined) return null
  const family = /:ipv([46])$/.exec(inside)?.[1]
  if (family === undefined) return { name: inside, family: null }
  return { name: inside.slice(0, -':ipv4'.length), family: family === '4' ? 4 : 6 }
}
