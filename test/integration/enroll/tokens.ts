import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { UpResult } from '../../../cli/hand-over.ts'
import { withCluster, type Cluster } from '../../../engine/cluster/client.ts'
import { createEnrollmentToken } from '../../../engine/cluster/token.ts'
import { viewCluster } from '../../../engine/cluster/view.ts'
import { decodeEnrollmentToken, encodeEnrollmentToken } from '../../../shared/enrollment-token.ts'
import { Secret } from '../../../shared/secret.ts'
import type { FreshHome } from '../../support/fresh-home.ts'

/** A cluster that somebody asks as the elastic user. */
export type Known = Pick<UpResult, 'url' | 'caCertificate' | 'caFingerprint' | 'password'>

export function asked<T>(up: Known, url: string, use: (cluster: Cluster) => Promise<T>): Promise<T> {
  return readFile(up.caCertificate ?? '', 'utf8').then((caPem) => withCluster({ url, caPem, auth: { user: 'elastic', password: new Secret(up.password ?? '') } }, use))
}

/** A token for a node, made by the node of `up`, or by another of its cluster. */
export async function tokenOf(up: Known, by?: FreshHome): Promise<string> {
  return (await tokenOfScope(up, 'node', by === undefined ? up.url : await urlOf(by))).token
}

/** A token of a scope, and the way to take it back. */
export async function tokenOfScope(up: Known, scope: 'node' | 'kibana', url = up.url): Promise<{ token: string; invalidate: () => Promise<void> }> {
  const made = await asked(up, url, (cluster) => createEnrollmentToken({ cluster, scope, caFingerprint: up.caFingerprint ?? '', now: Date.now() }))
  const token = made.token.reveal()
  const id = decodeEnrollmentToken(token).key.split(':')[0] ?? ''
  return { token, invalidate: () => asked(up, url, (cluster) => invalidate(cluster, id)) }
}

/** A token for a node whose time is over. */
export async function expiredToken(up: Known): Promise<string> {
  const roles = { create_enrollment_token: { cluster: ['cluster:admin/xpack/security/enroll/node'] } }
  const body = { name: 'enrollment_token_API_key_expired', expiration: '1ms', role_descriptors: roles }
  const made = z.object({ id: z.string(), api_key: z.string() }).parse(await asked(up, up.url, (cluster) => cluster.request({ method: 'POST', path: '/_security/api_key', body })))
  return encodeEnrollmentToken({ ...decodeEnrollmentToken(await tokenOf(up)), key: `${made.id}:${made.api_key}` })
}

async function urlOf({ home }: FreshHome): Promise<string> {
  const port = /^http\.port: (\d+)$/m.exec(await readFile(join(home, 'config', 'elasticsearch.yml'), 'utf8'))?.[1]
  return `https://localhost:${port}`
}

/** The names of the nodes that the cluster lists. */
export async function nodesOf(up: Known): Promise<string[]> {
  return asked(up, up.url, async (cluster) => (await viewCluster(cluster)).nodes.map(({ name }) => name))
}

/** A key is made without waiting for its index, and is not found to be taken back until that was refreshed. */
export async function invalidate(cluster: Cluster, id: string): Promise<void> {
  const deadline = Date.now() + 30_000
  const answered = z.object({ invalidated_api_keys: z.array(z.string()) })
  for (;;) {
    const taken = await cluster.request({ method: 'DELETE', path: '/_security/api_key', body: { ids: [id] } }).then(
      (answer) => answered.parse(answer).invalidated_api_keys.includes(id),
      () => false,
    )
    if (taken) return
    if (Date.now() > deadline) throw new Error('the key was not taken back')
    await wait(200)
  }
}
