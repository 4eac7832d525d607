import type { Cluster } from './client.ts'
import { readMembers, type Exclusion } from './members.ts'

const path = '/_cluster/voting_config_exclusions'
const takesEffectWithin = '20s'

/** Bars the node `id` from voting, and waits until it has no vote. Problems: those of the client. */
export async function exclude(cluster: Cluster, id: string, signal?: AbortSignal): Promise<void> {
  await cluster.request({ method: 'POST', path, query: { node_ids: id, timeout: takesEffectWithin } }, signal)
}

/**
 * Removes the exclusion of the node `id`, and keeps all others. Elasticsearch only clears the whole list, so the others are added again at once; of a node that has
 * gone since, the ID is kept and the name is not. Cannot be cancelled. Problems: those of the client.
 */
export async function removeExclusion(cluster: Cluster, id: string): Promise<void> {
  const { exclusions } = await readMembers(cluster)
  if (!exclusions.some((one) => one.node_id === id)) return
  await cluster.request({ method: 'DELETE', path, query: { wait_for_removal: false } })
  const others = exclusions.filter((one) => one.node_id !== id)
  const byId = others.filter((one) => !isAbsent(one)).map(({ node_id }) => node_id)
  const byName = others.filter(isAbsent).map(({ node_name }) => node_name)
  if (byId.length > 0) await cluster.request({ method: 'POST', path, query: { node_ids: byId.join(','), timeout: takesEffectWithin } })
  if (byName.length > 0) await cluster.request({ method: 'POST', path, query: { node_names: byName.join(','), timeout: takesEffectWithin } })
}

function isAbsent({ node_id }: Exclusion): boolean {
  return node_id === '_absent_'
}
