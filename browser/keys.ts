import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long the printed one-time token lives, in ms. */
export const printedTokenLife = 10 * 60_000
/** How long the one in the file for the browser lives, in ms: other users could not read it, a backup might. */
export const openedTokenLife = 60_000

/** Sessions beyond this many: the oldest ends. A person opens a handful of tabs. */
const mostSessions = 64

export interface Keys {
  /** A new one-time token (256 bits, base64url) that lives `life` ms. */
  newToken(life: number): string
  /** The session key for a token, which is spent by that; null where it was spent before, has expired or is unknown. */
  exchange(token: string): string | null
  /** Is this the key of a session? */
  admits(key: string): boolean
}

/** Keeps digests only, so that a picture of the memory gives no key, and compares them all in constant time. */
export function createKeys(now: () => number = Date.now): Keys {
  const tokens = new Map<Buffer, number>()
  const sessions: Buffer[] = []

  return {
    newToken(life) {
      const token = random()
      for (const [digest, until] of tokens) if (until <= now()) tokens.delete(digest)
      tokens.set(digestOf(token), now() + life)
      return token
    },
    exchange(token) {
      const spent = found(tokens.keys(), token)
      const until = spent === null ? undefined : tokens.get(spent)
      if (spent === null || until === undefined) return null
      tokens.delete(spent)
      if (until <= now()) return null
      const key = random()
      sessions.push(digestOf(key))
      if (sessions.length > mostSessions) sessions.shift()
      return key
    },
    admits: (key) => found(sessions, key) !== null,
  }
}

function random(): string {
  return randomBytes(32).toString('base64url')
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function found(digests: Iterable<Buffer>, text: string): Buffer | null {
  const wanted = digestOf(text)
  let match: Buffer | null = null
  for (const digest of digests) if (timingSafeEqual(digest, wanted)) match = digest
  return match
}
