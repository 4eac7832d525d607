import { z } from 'zod'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { settingOf } from './client-errors.ts'
import type { Cluster } from './client.ts'
import { untilNot } from './until-not.ts'

const block = z.object({ description: z.string().default(''), levels: z.array(z.string()).default([]) })
const blocks = z.record(z.string(), block).default({})
const shard = z.object({ state: z.string(), primary: z.boolean() })
const localState = z.object({
  master_node: z.string().nullish(),
  blocks: z.object({ global: blocks, indices: z.record(z.string(), blocks).default({}) }).default({ global: {}, indices: {} }),
  routing_table: z.object({ indices: z.record(z.string(), z.object({ shards: z.record(z.string(), z.array(shard)) })).default({}) }).default({ indices: {} }),
})
type LocalState = z.infer<typeof localState>

/** An election takes a second or two. */
const electedWithinMs = 5000
/** After a start the shard of the security index is allocated within seconds. */
const allocatedWithinMs = 10_000
const answersWithinMs = 5000

/** Whether the node that answers follows a master, as it says itself: no master is asked. Problems: those of the client. */
export async function hasMaster(cluster: Cluster, signal?: AbortSignal): Promise<boolean> {
  const { master_node } = localState.parse(await cluster.request({ method: 'GET', path: '/_cluster/state/master_node', query: { local: true }, timeoutMs: answersWithinMs }, signal))
  return typeof master_node === 'string'
}

/** Refuses where the node that answers follows no master, and does not within `forMs` (default 5 s). Problems: `no_master`, those of the client. */
export async function refuseWithoutMaster(cluster: Cluster, { signal, forMs = electedWithinMs }: { readonly signal?: AbortSignal | undefined; readonly forMs?: number } = {}): Promise<void> {
  const look = async (): Promise<void> => {
    if (!(await hasMaster(cluster, signal))) throw problem('no_master', {})
  }
  await untilNot(['no_master'], look, { forMs, signal })
}

/**
 * Refuses where the cluster could not write to the security index now, so that nothing is sent that would wait in it: no master, a block, or no primary shard. The node that answers tells it by its
 * own state. What passes by itself after a start is waited for: an election, and for `forMs` (default 10 s) the index. Problems: `no_master`, `writes_blocked`, `security_index_unavailable`, those of the client.
 */
export async function refuseUnwritable(cluster: Cluster, { signal, forMs = allocatedWithinMs }: { readonly signal?: AbortSignal | undefined; readonly forMs?: number } = {}): Promise<void> {
  const query = { local: true, expand_wildcards: 'all', filter_path: 'master_node,blocks,routing_table.indices.*.shards.*.state,routing_table.indices.*.shards.*.primary' }
  const look = async (): Promise<void> => {
    const state = localState.parse(await cluster.request({ method: 'GET', path: '/_cluster/state/master_node,blocks,routing_table/.security*', query, timeoutMs: answersWithinMs }, signal))
    const refusal = whyUnwritable(state)
    if (refusal !== null) throw refusal
  }
  await refuseWithoutMaster(cluster, { signal, forMs: Math.min(forMs, electedWithinMs) })
  await untilNot(['security_index_unavailable'], look, { forMs, signal })
}

function whyUnwritable({ master_node, blocks: { global, indices }, routing_table }: LocalState): Problem | null {
  if (typeof master_node !== 'string') return problem('no_master', {})
  const blocking = [global, ...Object.entries(indices).flatMap(([name, ofIndex]) => (name.startsWith('.security') ? [ofIndex] : []))].flatMap((each) => Object.entries(each))
  const [first] = blocking.filter(([, { levels }]) => levels.includes('write'))
  if (first !== undefined) return problem('writes_blocked', { setting: settingOf(first[0]), description: first[1].description })
  const shards = Object.entries(routing_table.indices).flatMap(([name, index]) => (/^\.security-\d+$/.test(name) ? Object.values(index.shards) : []))
  const unavailable = shards.some((copies) => !copies.some(({ primary, state }) => primary && (state === 'STARTED' || state === 'RELOCATING')))
  return unavailable ? problem('security_index_unavailable', {}) : null
}

/**
 * Sends a request that changes something. Where it was sent and not answered, nobody knows whether it was done: then it ends with what `unanswered` makes of that, else as
 * `request` does.
 */
export async function write(cluster: Cluster, request: Parameters<Cluster['request']>[0], how: { readonly signal: AbortSignal | undefined; readonly unanswered: () => Problem }): Promise<unknown> {
  const { signal, unanswered } = how
  if (signal?.aborted) throw problem('cancelled', {})
  try {
    return await cluster.request(request, signal)
  } catch (thrown) {
    throw thrown instanceof Problem && mayHaveArrived(thrown) ? unanswered() : thrown
  }
}

function mayHaveArrived({ code, message, detail }: Problem): boolean {
  if (code === 'cancelled' || code === 'answer_too_long') return true
  return code === 'unreachable' && !/ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN/.test(`${message} ${detail ?? ''}`)
}
