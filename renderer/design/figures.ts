/** How long ago, in one word more or less; `now` and `then` in ms since 1970. */
export function ago(then: number, now: number): string {
  const minutes = Math.round((now - then) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.round(minutes / 60)
  if (hours < 24) return `${hours} h ago`
  const days = Math.round(hours / 24)
  if (days < 60) return days === 1 ? 'yesterday' : `${days} days ago`
  return new Date(then).toISOString().slice(0, 10)
}

/** A fingerprint (hex, with or without colons) as upper-case pairs, to be compared by eye. */
export function inPairs(fingerprint: string): string[] {
  return fingerprint.replaceAll(/[^0-9a-f]/gi, '').toUpperCase().match(/.{1,2}/g) ?? []
}

/** What is left of a life, as `29:41`, and how much of it (0–1). All in ms since 1970. */
export function left(token: { createdAt: number; expiresAt: number }, now: number): { clock: string; part: number; over: boolean } {
  const rest = Math.max(0, token.expiresAt - now)
  const seconds = Math.ceil(rest / 1000)
  const whole = Math.max(1, token.expiresAt - token.createdAt)
  return { clock: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`, part: Math.min(1, rest / whole), over: rest === 0 }
}

/** A path as the home folder's owner writes it: `~/elasticsearch`. */
export function shortPath(path: string, homeFolder: string, separator: string): string {
  if (path === homeFolder) return '~'
  return homeFolder.length > 1 && path.startsWith(homeFolder + separator) ? `~${path.slice(homeFolder.length)}` : path
}
