import { z } from 'zod'
import type { TokenView } from '../../shared/contract/join.ts'
import { enrollmentTokenLife, type EnrollmentToken } from '../../shared/enrollment-token.ts'
import type { TokenConnection } from './token-connection.ts'

/** What a token says before it is used. Its key stays out; of that only the id tells when it was made. */
export function explainToken(token: EnrollmentToken): TokenView {
  const madeAt = madeAtOf(idOf(token))
  return {
    addresses: [...new Set(token.adr)],
    caFingerprint: token.fgr.toLowerCase(),
    version: token.ver,
    madeAt,
    expiresAt: madeAt === null ? null : madeAt + enrollmentTokenLife,
    confirmed: false,
  }
}

const ownKey = z.object({ api_keys: z.tuple([z.object({ creation: z.number(), expiration: z.number().optional() })]) })

/** The same, with the times that the cluster tells: every API key may ask about itself. */
export async function confirmToken(token: EnrollmentToken, connection: Pick<TokenConnection, 'ask'>): Promise<TokenView> {
  const told = explainToken(token)
  const { json } = await connection.ask({ path: `/_security/api_key?id=${encodeURIComponent(idOf(token))}` })
  const answer = ownKey.safeParse(json)
  if (!answer.success) return told
  const [{ creation, expiration }] = answer.data.api_keys
  return { ...told, madeAt: creation, expiresAt: expiration ?? null, confirmed: true }
}

function idOf({ key }: EnrollmentToken): string {
  return key.slice(0, key.indexOf(':'))
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
