import { z } from 'zod'
import { problem } from '../../shared/problems/problem.ts'
import type { Cluster } from './client.ts'
import { refuseWithoutMaster } from './writable.ts'

const root = z.object({ name: z.string(), cluster_name: z.string(), cluster_uuid: z.string(), version: z.object({ number: z.string() }) })
const health = z.object({ status: z.enum(['green', 'yellow', 'red']), number_of_nodes: z.number(), unassigned_shards: z.number() })

/** `clusterUuid` is `_na_` as long as no cluster was formed. */
export interface ClusterHealth {
  readonly clusterName: string
  readonly clusterUuid: string
  readonly nodeName: string
  readonly version: string
  readonly status: 'green' | 'yellow' | 'red'
  readonly nodes: number
}

/** Who answers, and how it is. Problems: those of the client; `cluster_unhealthy` where it has no master. */
export async function readHealth(cluster: Cluster, signal?: AbortSignal): Promise<ClusterHealth> {
  const [who, how] = await Promise.all([
    cluster.request({ method: 'GET', path: '/' }, signal),
    cluster.request({ method: 'GET', path: '/_cluster/health', query: { timeout: '10s', master_timeout: '10s' } }, signal),
  ])
  const { name, cluster_name, cluster_uuid, version } = root.parse(who)
  const { status, number_of_nodes } = health.parse(how)
  return { clusterName: cluster_name, clusterUuid: cluster_uuid, nodeName: name, version: version.number, status, nodes: number_of_nodes }
}

/** Ends with `no_master` where there is none, with `cluster_red` where it is: then what is asked of it is likely to fail, or to be lost. Yellow is what a single node is, and no obstacle. */
export async function refuseRed(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  await refuseWithoutMaster(cluster, { signal })
  const { status, unassigned_shards, number_of_nodes } = health.parse(await cluster.request({ method: 'GET', path: '/_cluster/health', query: { timeout: '10s', master_timeout: '10s' } }, signal))
  if (status === 'red') throw problem('cluster_red', { unassigned: unassigned_shards, nodes: number_of_nodes })
}
