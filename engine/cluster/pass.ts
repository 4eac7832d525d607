import { z } from 'zod'
import { Secret } from '../../shared/secret.ts'
import type { Cluster, ClusterAuth } from './client.ts'

/** Long enough for a node to stop and the others to notice. */
const lastsFor = '15m'
const created = z.object({ id: z.string(), encoded: z.string() })

/** A way to log in to every node of a cluster for some minutes. */
export interface Pass {
  readonly auth: ClusterAuth
  /** Ends it, over any node. Never rejects: it expires by itself. */
  end(cluster: Cluster): Promise<void>
}

const prefix = 'firstnode_leave_'
const listed = z.object({ api_keys: z.array(z.object({ name: z.string() })) })

/** The IDs of the nodes that have left with such a key. Elasticsearch forgets a key a week after it has ended (`xpack.security.authc.api_key.delete.retention_period`). */
export async function leftByPass(cluster: Cluster, signal?: AbortSignal): Promise<string[]> {
  const { api_keys } = listed.parse(await cluster.request({ method: 'GET', path: '/_security/api_key', query: { name: `${prefix}*` } }, signal))
  return api_keys.map(({ name }) => name.slice(prefix.length))
}

/**
 * An API key that may see who is in the cluster and who votes, change the latter, and end itself. It outlives the node and the user that made it; a user of a
 * file realm is known to one node alone. `nodeId`: of the node that leaves. Problems: those of the client; `request_refused` where API keys are off.
 */
export async function makePass(cluster: Cluster, nodeId: string, signal?: AbortSignal): Promise<Pass> {
  const may = ['cluster:admin/voting_config/*', 'monitor', 'manage_own_api_key']
  const body = { name: `${prefix}${nodeId}`, expiration: lastsFor, role_descriptors: { firstnode_leave: { cluster: may } }, metadata: { made_by: 'firstnode' } }
  const { id, encoded } = created.parse(await cluster.request({ method: 'POST', path: '/_security/api_key', query: { refresh: 'false' }, body }, signal))
  return {
    auth: { apiKey: new Secret(encoded) },
    end: async (over) => {
      await over.request({ method: 'DELETE', path: '/_security/api_key', body: { ids: [id], owner: true } }).catch(() => undefined)
    },
  }
}
