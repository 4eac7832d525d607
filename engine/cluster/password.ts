import { Problem, problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import type { Cluster } from './client.ts'
import { untilNot } from './until-not.ts'
import { refuseUnwritable, write } from './writable.ts'

/** What Elasticsearch wants of a password (Validation.Users): characters as Java counts them. */
const leastLength = 6
const forMs = 30_000

/** Ends with `password_too_short` where Elasticsearch would refuse it: to be asked before anything is written. */
export function refuseShortPassword(password: Secret): void {
  if (password.reveal().length < leastLength) throw problem('password_too_short', { least: leastLength })
}

/**
 * Gives `user` (a built-in or a native one) a new password. It is not waited until searches see it, which takes as long again: who logs in is read by the
 * name, and that is seen at once. Nothing is sent to a cluster that could not write it now. Problems: `password_unanswered` (it may hold), those of `refuseUnwritable`, `no_such_user`, `request_refused` (too short), `forbidden`, those of the client.
 */
export async function changePassword(cluster: Cluster, user: string, password: Secret, signal?: AbortSignal): Promise<void> {
  const change = { method: 'PUT', path: `${pathOf(user)}/_password`, query: { refresh: 'false' }, body: { password: password.reveal() } } as const
  await refuseUnwritable(cluster, { signal })
  const unanswered = (): Problem => problem('password_unanswered', { user })
  await settled(() => write(cluster, change, { signal, unanswered }), signal).catch(async (thrown: unknown) => {
    // What is wrong with the user is told as if it were wrong with the request: so whether there is one is asked only then.
    if (thrown instanceof Problem && thrown.code === 'request_refused') await refuseUnknownUser(cluster, user, signal)
    throw thrown
  })
}

/** Ends with `no_such_user` where `user` is neither a built-in nor a native one: nobody else has a password in the cluster. */
async function refuseUnknownUser(cluster: Cluster, user: string, signal?: AbortSignal): Promise<void> {
  await settled(() => cluster.request({ method: 'GET', path: pathOf(user) }, signal), signal).catch((thrown: unknown) => {
    // Answered with 404, and a body that holds no error.
    const unknown = thrown instanceof Problem && (thrown.code === 'not_elasticsearch_there' || (thrown.code === 'request_refused' && thrown.message.includes('(404)')))
    throw unknown ? problem('no_such_user', { user }, { cause: thrown }) : thrown
  })
}

const pathOf = (user: string): string => `/_security/user/${encodeURIComponent(user)}`

/** Right after a start the security index may not be there yet. */
function settled<T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return untilNot(['cluster_unhealthy'], ask, { forMs, signal })
}
