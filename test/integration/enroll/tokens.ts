import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { UpResult } from '../../../cli/hand-over.ts'
import { withCluster, type Cluster } from '../../../engine/cluster/client.ts'
import { createEnrollmentToken } from '../../../engine/cluster/token.ts'
import { decodeEnrollmentToken } from '../../../shared/enrollment-token.ts'
import { Secret } from '../../../shared/secret.ts'
import type { FreshHome } from '../../support/fresh-home.ts'

function asked<T>(up: UpResult, url: string, use: (cluster: Cluster) => Promise<T>): Promise<T> {
  return readFile(up.caCertificate ?? '', 'utf8').then((caPem) => withCluster({ url, caPem, auth: { user: 'elastic', password: new Secret(up.password ?? '') } }, use))
}

/** A token for a node, made by the node of `up`, or by another of its cluster. */
export async function tokenOf(up: UpResult, by?: FreshHome): Promise<string> {
  return (await tokenOfScope(up, 'node', by === undefined ? up.url : await urlOf(by))).token
}

/** A token of a scope, and the way to take it back. */
export async function tokenOfScope(up: UpResult, scope: 'node' | 'kibana', url = up.url): Promise<{ token: string; invalidate: () => Promise<void> }> {
  const made = await asked(up, url, (cluster) => createEnrollmentToken({ cluster, scope, caFingerprint: up.caFingerprint ?? '', now: Date.now() }))
  const token = made.token.reveal()
  const id = decodeEnrollmentToken(token).key.split(':')[0] ?? ''
  return { token, invalidate: async () => void (await asked(up, url, (cluster) => cluster.request({ method: 'DELETE', path: '/_security/api_key', body: { ids: [id] } }))) }
}

async function urlOf({ home }: FreshHome): Promise<string> {
  const port = /^http\.port: (\d+)$/m.exec(await readFile(join(home, 'config', 'elasticsearch.yml'), 'utf8'))?.[1]
  return `https://localhost:${port}`
}
