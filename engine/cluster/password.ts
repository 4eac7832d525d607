import type { Secret } from '../../shared/secret.ts'
import type { Cluster } from './client.ts'

/** Gives `user` (a built-in or a native one) a new password. Problems: `request_refused` (too short, no such user), `forbidden`, those of the client. */
export async function changePassword(cluster: Cluster, user: string, password: Secret, signal?: AbortSignal): Promise<void> {
  await cluster.request({ method: 'PUT', path: `/_security/user/${encodeURIComponent(user)}/_password`, body: { password: password.reveal() } }, signal)
}
