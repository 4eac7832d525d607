import type { TokenView } from './contract/join.ts'
import { roughDuration } from './duration.ts'

const minute = 60_000

/** How long the token is valid, as far as that is known: its times are those of the node that made it. */
export function lifeWords({ madeAt, expiresAt, confirmed }: Pick<TokenView, 'madeAt' | 'expiresAt' | 'confirmed'>, now: number): string {
  const made = madeAt === null ? '' : `; created ${agoWords(now - madeAt)}`
  if (expiresAt === null) return confirmed ? `it does not expire${made}` : 'at most 30 minutes from its creation, whose time it does not contain'
  if (expiresAt <= now) return confirmed ? 'it has expired' : 'it has most likely expired: it was created more than 30 minutes ago'
  return `${confirmed ? '' : 'at most '}${leftWords(expiresAt - now)}${made}`
}

/** A whole lifetime in ms: `30 minutes`, `5 seconds`, `24 h 00 min`. */
export function lifetimeWords(ms: number): string {
  if (ms > 60 * minute) return roughDuration(ms / 1000)
  return ms < 1.5 * minute ? counted(Math.round(ms / 1000), 'second') : counted(Math.round(ms / minute), 'minute')
}

/** `26 more minutes`; the last minutes in seconds. */
function leftWords(ms: number): string {
  if (ms > 60 * minute) return `${roughDuration(ms / 1000)} more`
  return ms < 1.5 * minute ? counted(Math.ceil(ms / 1000), 'more second') : counted(Math.ceil(ms / minute), 'more minute')
}

function agoWords(ms: number): string {
  const age = Math.floor(ms / minute)
  return age <= 0 ? 'just now' : `${counted(age, 'minute')} ago`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
