import type { TryAnswer } from '../../shared/contract/node.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { connectionProblem } from './client-errors.ts'
import { httpsGet } from './https-call.ts'
import { hungUpFor } from './hung-up.ts'
import type { NodeTls } from '../security/node-tls.ts'

/**
 * The curl line of the credentials page, done here: GET / with the CA and the password. Any status is an answer.
 * `caPath` is only for the words of the call. Problems: `tls_off`, `unreachable`, `certificate_…`, `cancelled`.
 */
export async function callOnce(
  asked: NodeTls & { url: string; caPath: string; user: string; password: Secret; signal?: AbortSignal },
): Promise<TryAnswer> {
  const { url, caPath, user, signal } = asked
  if (!url.startsWith('https:')) throw problem('tls_off', { url })
  const call = `curl --cacert ${caPath} -u ${user}:$ELASTIC_PASSWORD ${url}`
  try {
    return { call, ...(await httpsGet({ ...asked, timeoutMs: 10_000 })) }
  } catch (thrown) {
    if (signal?.aborted) throw problem('cancelled', {})
    throw await hungUpFor(connectionProblem(thrown, asked), asked)
  }
}
