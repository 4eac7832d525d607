import { z } from 'zod'
import type { EnrollmentToken } from '../../shared/enrollment-token.ts'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { withCluster } from '../cluster/client.ts'
import { openWithToken } from '../enroll/token-connection.ts'
import type { EnrolledKibana, MadeToken } from './enrolled-kibana.ts'
import type { ReachedByToken } from './try-enrollment.ts'

const made = z.object({ token: z.object({ name: z.string().min(1), value: z.string().min(1) }) })
const info = z.object({ cluster_name: z.string(), version: z.object({ number: z.string() }) })
const account = z.object({ username: z.string() })

/**
 * Uses an enrollment token for Kibana at the address where it was tried: from then on the cluster has a service account token for it.
 * Problems: those of `openWithToken`, `token_wrong_scope`, `token_refused`, `enroll_answer_unreadable`.
 */
export async function enrollKibana(token: EnrollmentToken, { url }: Pick<ReachedByToken, 'url'>): Promise<MadeToken> {
  const connection = await openWithToken({ token: { ...token, adr: [url.replace('https://', '')] }, signal: new AbortController().signal })
  const answer = made.safeParse(await connection.get('/_security/enroll/kibana'))
  if (!answer.success) throw problem('enroll_answer_unreadable', { what: answer.error.issues[0]?.path.join('.') ?? 'its form' })
  return { tokenName: answer.data.token.name, serviceToken: new Secret(answer.data.token.value) }
}

/** Logs in with what the cluster made, before anybody relies on it, trusting the CA alone that will be written. Problems: `kibana_token_useless`, those of `withCluster`. */
export async function proveEnrolled(token: MadeToken, { url, caPem, caFingerprint }: ReachedByToken, signal: AbortSignal): Promise<EnrolledKibana> {
  return withCluster({ url, caPem, auth: { serviceToken: token.serviceToken } }, async (cluster) => {
    const { username } = account.parse(await cluster.request({ method: 'GET', path: '/_security/_authenticate' }, signal))
    if (username !== 'elastic/kibana') throw problem('kibana_token_useless', { user: username })
    const { cluster_name: clusterName, version } = info.parse(await cluster.request({ method: 'GET', path: '/' }, signal))
    return { ...token, url, caPem, caFingerprint, clusterVersion: version.number, clusterName }
  })
}
