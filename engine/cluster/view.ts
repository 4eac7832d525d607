import { z } from 'zod'
import type { ClusterView } from '../../shared/contract/node.ts'
import type { Cluster } from './client.ts'
import { readHealth } from './health.ts'

const nodes = z.object({
  nodes: z.record(z.string(), z.object({ name: z.string(), version: z.string(), http: z.object({ publish_address: z.string() }).optional(), transport_address: z.string().optional() })),
})
const master = z.object({ master_node: z.string().nullish() })

/** The cluster and its nodes, the elected master marked, by name. Problems: those of the client. */
export async function viewCluster(cluster: Cluster, signal?: AbortSignal): Promise<ClusterView> {
  const [health, listed, elected] = await Promise.all([
    readHealth(cluster, signal),
    cluster.request({ method: 'GET', path: '/_nodes/http', query: { timeout: '10s' } }, signal),
    cluster.request({ method: 'GET', path: '/_cluster/state/master_node', query: { master_timeout: '10s' } }, signal),
  ])
  const masterId = master.parse(elected).master_node ?? null
  const known = Object.entries(nodes.parse(listed).nodes).map(([id, node]) => ({
    name: node.name,
    address: node.http?.publish_address ?? node.transport_address ?? '',
    version: node.version,
    elected: id === masterId,
  }))
  return { name: health.clusterName, uuid: health.clusterUuid, health: health.status, nodes: known.toSorted((a, b) => a.name.localeCompare(b.name)) }
}
