import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { EnrollmentToken } from '../../shared/enrollment-token.ts'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { withCluster } from '../cluster/client.ts'
import { openWithToken } from '../enroll/token-connection.ts'
import type { EnrolledKibana } from './enrolled-kibana.ts'

const enrolled = z.object({ token: z.object({ name: z.string().min(1), value: z.string().min(1) }), http_ca: z.string().min(1) })
const info = z.object({ cluster_name: z.string(), version: z.object({ number: z.string() }) })
const account = z.object({ username: z.string() })

/**
 * Uses an enrollment token for Kibana: the cluster makes a service account token for it. That is tried before anybody relies on it, with the CA that came along.
 * Writes nothing on this machine. Problems: those of `openWithToken`, `token_wrong_scope` (one for a node), `token_refused` (expired or taken back), `kibana_token_useless`.
 */
export async function enrollKibana(token: EnrollmentToken, signal: AbortSignal): Promise<EnrolledKibana> {
  const connection = await openWithToken({ token, signal })
  const answer = enrolled.parse(await connection.get('/_security/enroll/kibana'))
  const ca = new X509Certificate(Buffer.from(answer.http_ca, 'base64url'))
  const caPem = ca.toString()
  const caFingerprint = ca.fingerprint256.replaceAll(':', '').toLowerCase()
  const serviceToken = new Secret(answer.token.value)
  const { url } = connection
  return withCluster({ url, caPem, auth: { serviceToken } }, async (cluster) => {
    const { username } = account.parse(await cluster.request({ method: 'GET', path: '/_security/_authenticate' }, signal))
    if (username !== 'elastic/kibana') throw problem('kibana_token_useless', { user: username })
    const { cluster_name: clusterName, version } = info.parse(await cluster.request({ method: 'GET', path: '/' }, signal))
    return { url, serviceToken, tokenName: answer.token.name, caPem, caFingerprint, clusterVersion: version.number, clusterName }
  })
}
