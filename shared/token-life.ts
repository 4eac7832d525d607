import type { TokenView } from './contract/join.ts'

const minute = 60_000

/** How long the token may still live, as far as it tells: its times are those of the node that made it. */
export function lifeWords({ madeAt, expiresAt }: Pick<TokenView, 'madeAt' | 'expiresAt'>, now: number): string {
  if (madeAt === null || expiresAt === null) return '30 minutes from when it was made; when that was, it does not say'
  const left = Math.ceil((expiresAt - now) / minute)
  if (left <= 0) return 'it has most likely expired: it was made more than 30 minutes ago'
  const age = Math.max(0, Math.floor((now - madeAt) / minute))
  return `about ${left} more ${left === 1 ? 'minute' : 'minutes'}; made ${age === 0 ? 'just now' : `${age} ${age === 1 ? 'minute' : 'minutes'} ago`}`
}
