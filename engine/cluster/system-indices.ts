import { z } from 'zod'
import type { Cluster } from './client.ts'

/** `cluster_uuid` is always there: an answer without it is not taken for a cluster without indices. */
const state = z.object({
  metadata: z.object({
    cluster_uuid: z.string(),
    indices: z.record(z.string(), z.object({ state: z.string(), system: z.boolean().default(false) })).default({}),
  }),
})

/**
 * The names of all indices that are not Elasticsearch's own (`system` in the cluster state, IndexMetadata), in order.
 * `local`: as the node that answers knows them, where there is no master. Problems: those of the client.
 */
export async function personsIndices(cluster: Cluster, { signal, local = false }: { readonly signal?: AbortSignal | undefined; readonly local?: boolean } = {}): Promise<string[]> {
  const shown = ['metadata.cluster_uuid', 'metadata.indices.*.state', 'metadata.indices.*.system']
  const answer = await cluster.request(
    { method: 'GET', path: '/_cluster/state/metadata', query: { filter_path: shown.join(','), expand_wildcards: 'all', ...(local ? { local } : { master_timeout: '10s' }) } },
    signal,
  )
  return Object.entries(state.parse(answer).metadata.indices)
    .filter(([, { system }]) => !system)
    .map(([name]) => name)
    .sort()
}
