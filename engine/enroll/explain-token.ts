import type { TokenView } from '../../shared/contract/join.ts'
import { enrollmentTokenLife, type EnrollmentToken } from '../../shared/enrollment-token.ts'

/** What a token says before it is used. Its key stays out; of that only the id tells when it was made. */
export function explainToken(token: EnrollmentToken): TokenView {
  const madeAt = madeAtOf(token.key.slice(0, token.key.indexOf(':')))
  return {
    addresses: [...new Set(token.adr)],
    caFingerprint: token.fgr.toLowerCase(),
    version: token.ver,
    madeAt,
    expiresAt: madeAt === null ? null : madeAt + enrollmentTokenLife,
  }
}

const oldest = Date.UTC(2020, 0)
const newest = Date.UTC(2100, 0)

/** The id of an API key is time-based (org.elasticsearch.common.TimeBasedUUIDGenerator): ms since 1970 by the clock of the node that made it; null for an id of another form. */
function madeAtOf(id: string): number | null {
  const bytes = Buffer.from(id, 'base64url')
  if (bytes.length !== 15 || id.length !== 20) return null
  const at = [5, 4, 3, 2, 12, 14].reduce((sum, index) => sum * 256 + (bytes[index] ?? 0), 0)
  return at > oldest && at < newest ? at : null
}
