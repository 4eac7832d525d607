import { z } from 'zod'
import { problem } from '../../shared/problems/problem.ts'
import type { Cluster } from './client.ts'

const shard = z.object({ state: z.string(), node: z.string().nullable(), index: z.string(), shard: z.number() })
const routing = z.object({
  nodes: z.record(z.string(), z.object({ name: z.string() })),
  routing_nodes: z.object({ nodes: z.record(z.string(), z.array(shard)) }),
})
const local = z.object({ nodes: z.record(z.string(), z.unknown()) })
const coordination = z.object({
  metadata: z.object({ cluster_coordination: z.object({ voting_config_exclusions: z.array(z.object({ node_id: z.string() })).optional() }).optional() }).optional(),
})
const exclusionsPath = '/_cluster/voting_config_exclusions'

/** Lets the node that answers leave: it takes only copies with it, and leaves the others able to go on. Problems: those of `refuseLastCopies`. Stopping it is left to the caller. */
export async function leaveCluster(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  await refuseLastCopies(cluster, signal)
  await giveUpVote(cluster, signal)
}

/**
 * Refuses where data lies on the node that answers and nowhere else. Problem: `undo_last_copies`, with the indices; those of the client.
 */
async function refuseLastCopies(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  const own = await ownId(cluster, signal)
  const { routing_nodes } = routing.parse(await cluster.request({ method: 'GET', path: '/_cluster/state/routing_nodes,nodes', query: { master_timeout: '10s' } }, signal))
  const only = onlyOn(own, Object.values(routing_nodes.nodes).flat())
  if (only.length > 0) throw problem('undo_last_copies', { indices: only.slice(0, 10).join(', ') })
}

/** The indices of which this node holds a part that is started nowhere else. */
export function onlyOn(node: string, shards: readonly z.infer<typeof shard>[]): string[] {
  const elsewhere = new Set(shards.filter((one) => one.state === 'STARTED' && one.node !== node).map((one) => `${one.index} ${one.shard}`))
  const here = shards.filter((one) => one.node === node && one.state !== 'INITIALIZING' && !elsewhere.has(`${one.index} ${one.shard}`))
  return [...new Set(here.map(({ index }) => index))].toSorted((a, b) => a.localeCompare(b))
}

/**
 * Lets the node that answers give up its vote, and being master, before it stops: of two nodes the one that has the only vote would take the cluster
 * with it. The exclusion itself is taken back at once, also where `signal` ended the waiting: the cluster has few places for them. But all go together or none, so where
 * somebody has excluded other nodes ours stays beside theirs: this node never comes again under its id.
 */
async function giveUpVote(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  const own = await ownId(cluster, signal)
  const mayClear = (await excludedIds(cluster, signal)).every((id) => id === own)
  const clear = async (): Promise<void> => {
    if (mayClear) await cluster.request({ method: 'DELETE', path: exclusionsPath, query: { wait_for_removal: false } })
  }
  try {
    await cluster.request({ method: 'POST', path: exclusionsPath, query: { node_ids: own, timeout: '30s' } }, signal)
  } catch (thrown) {
    await clear().catch(() => undefined)
    throw thrown
  }
  await clear()
}

/** The ids of the nodes that somebody keeps from voting. */
async function excludedIds(cluster: Cluster, signal?: AbortSignal): Promise<string[]> {
  const { metadata } = coordination.parse(await cluster.request({ method: 'GET', path: '/_cluster/state/metadata', query: { filter_path: 'metadata.cluster_coordination.voting_config_exclusions', master_timeout: '10s' } }, signal))
  return (metadata?.cluster_coordination?.voting_config_exclusions ?? []).map(({ node_id }) => node_id)
}

async function ownId(cluster: Cluster, signal?: AbortSignal): Promise<string> {
  const { nodes } = local.parse(await cluster.request({ method: 'GET', path: '/_nodes/_local/http' }, signal))
  const [id] = Object.keys(nodes)
  if (id === undefined) throw problem('cluster_unhealthy', { why: 'the node that answers does not know itself' })
  return id
}
