import { z } from 'zod'
import { problem } from '../../shared/problems/problem.ts'
import type { Cluster } from './client.ts'
import type { Voting } from './voting.ts'

const exclusion = z.object({ node_id: z.string(), node_name: z.string() })
const coordination = z.object({ last_committed_config: z.array(z.string()).default([]), voting_config_exclusions: z.array(exclusion).default([]) })
const state = z.object({
  master_node: z.string().nullish(),
  nodes: z.record(z.string(), z.object({ name: z.string(), roles: z.array(z.string()).default(['master']) })),
  metadata: z.object({ cluster_coordination: coordination.default({ last_committed_config: [], voting_config_exclusions: [] }) }),
})
const shown = ['master_node', 'nodes.*.name', 'nodes.*.roles', 'metadata.cluster_uuid', 'metadata.cluster_coordination.last_committed_config', 'metadata.cluster_coordination.voting_config_exclusions']
const layer = z.object({ cluster: z.object({ auto_shrink_voting_configuration: z.union([z.string(), z.boolean()]) }) }).optional()
const settings = z.object({ transient: layer, persistent: layer, defaults: layer })

/** A voting configuration exclusion. `_absent_` stands for what was not known when it was made: the ID of a node that was named, or the name of one given by ID. */
export type Exclusion = z.infer<typeof exclusion>

export interface Member {
  readonly id: string
  readonly name: string
  /** it may be elected, or at least vote */
  readonly votes: boolean
}

/** The members of a cluster at one moment. */
export interface Members {
  /** those that are up */
  readonly nodes: readonly Member[]
  readonly exclusions: readonly Exclusion[]
  readonly voting: Voting
}

/** Reads who is in the cluster and who votes, from one cluster state. Problems: those of the client; `cluster_unhealthy` where there is no master. */
export async function readMembers(cluster: Cluster, signal?: AbortSignal): Promise<Members> {
  const answer = state.parse(await cluster.request({ method: 'GET', path: '/_cluster/state/master_node,nodes,metadata', query: { filter_path: shown.join(','), master_timeout: '10s' } }, signal))
  const { last_committed_config: config, voting_config_exclusions: exclusions } = answer.metadata.cluster_coordination
  const nodes = Object.entries(answer.nodes).map(([id, { name, roles }]) => ({ id, name, votes: roles.includes('master') }))
  const excluded = nodes.filter(({ id, name }) => exclusions.some((one) => one.node_id === id || (one.node_id === '_absent_' && one.node_name === name))).map(({ id }) => id)
  return {
    nodes,
    exclusions,
    voting: {
      config,
      live: nodes.filter(({ votes }) => votes).map(({ id }) => id),
      excluded: [...new Set([...exclusions.map(({ node_id }) => node_id), ...excluded])],
      master: answer.master_node ?? null,
      autoShrink: await readAutoShrink(cluster, signal),
    },
  }
}

async function readAutoShrink(cluster: Cluster, signal?: AbortSignal): Promise<boolean> {
  const query = { include_defaults: true, filter_path: '*.cluster.auto_shrink_voting_configuration', master_timeout: '10s' }
  const { transient, persistent, defaults } = settings.parse(await cluster.request({ method: 'GET', path: '/_cluster/settings', query }, signal))
  return String((transient ?? persistent ?? defaults)?.cluster.auto_shrink_voting_configuration ?? true) !== 'false'
}

/** The ID of the node that answers. Problems: those of the client. */
export async function readOwnId(cluster: Cluster, signal?: AbortSignal): Promise<string> {
  const local = z.object({ nodes: z.record(z.string(), z.unknown()) })
  const { nodes } = local.parse(await cluster.request({ method: 'GET', path: '/_nodes/_local/http' }, signal))
  const [id] = Object.keys(nodes)
  if (id === undefined) throw problem('cluster_unhealthy', { why: 'the node that answers does not know itself' })
  return id
}
