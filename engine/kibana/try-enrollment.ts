import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { EnrollmentToken } from '../../shared/enrollment-token.ts'
import { problem } from '../../shared/problems/problem.ts'
import { openWithToken, reasonIn, type TokenConnection } from '../enroll/token-connection.ts'

/** A cluster that would take this token, found and proved by its CA. */
export interface ReachedByToken {
  /** `https://host:port`, where it answered */
  readonly url: string
  readonly caPem: string
  /** SHA-256 of the CA's DER, in hex */
  readonly caFingerprint: string
  /** of its version; null where it does not tell */
  readonly major: number | null
}

const enrolling = 'cluster:admin/xpack/security/enroll/kibana'
const privileges = z.object({ cluster: z.record(z.string(), z.boolean()) })

/**
 * Asks the cluster of a token whether it would enroll a Kibana with it. Nothing is made there: only `_security/enroll/kibana` itself makes a service account token.
 * Problems: those of `openWithToken`, `token_refused` (expired or taken back), `token_wrong_scope` (one for a node), `request_refused`, `not_elasticsearch_there`.
 */
export async function tryEnrollment(token: EnrollmentToken, signal: AbortSignal): Promise<ReachedByToken> {
  const connection = await openWithToken({ token, signal })
  const { url, caPem } = connection
  const { status, json } = await connection.ask({ path: '/_security/user/_has_privileges', body: { cluster: [enrolling] } })
  if (json === undefined) throw problem('not_elasticsearch_there', { url })
  if (status !== 200) throw problem('request_refused', { status, why: reasonIn(json) })
  if (privileges.parse(json).cluster[enrolling] !== true) throw problem('token_wrong_scope', { wanted: 'kibana' })
  return { url, caPem, caFingerprint: new X509Certificate(caPem).fingerprint256.replaceAll(':', '').toLowerCase(), major: await majorOf(connection) }
}

/** The key of a token may not ask for the version. But who asks for an answer as no server gives it is told which it gives: `must be either version 9 or 8`. */
async function majorOf(connection: TokenConnection): Promise<number | null> {
  const { json } = await connection.ask({ path: '/_security/_authenticate', accept: 'application/vnd.elasticsearch+json;compatible-with=1' })
  const [, major] = /must be either version (\d+) or \d+/.exec(JSON.stringify(json ?? null)) ?? []
  return major === undefined ? null : Number(major)
}
