const units = ['b', 'k', 'm', 'g', 't', 'p']

/** `512m`, `1.5gb`, `100` as bytes (ByteSizeValue, and what the JVM takes after -Xmx); null for what is no size. */
export function bytesOf(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgtp]?)b?$/i.exec(text.trim())
  if (match === null) return null
  const power = units.indexOf((match[2] ?? '').toLowerCase())
  return Math.floor(Number(match[1]) * 1024 ** Math.max(0, power))
}
