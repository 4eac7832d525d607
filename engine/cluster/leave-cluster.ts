import { z } from 'zod'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { connect, type Cluster, type ClusterAuth, type ConnectTo } from './client.ts'
import { exclude, removeExclusion } from './exclusions.ts'
import { readMembers, readOwnId, type Members } from './members.ts'
import { makePass, type Pass } from './pass.ts'
import { tokenAddresses } from './token-addresses.ts'
import { untilNot } from './until-not.ts'
import { nextConfig } from './voting.ts'

const shard = z.object({ state: z.string(), node: z.string().nullable(), index: z.string(), shard: z.number() })
const routing = z.object({ routing_nodes: z.object({ nodes: z.record(z.string(), z.array(shard)) }) })
const http = z.object({ bound_address: z.array(z.string()), publish_address: z.string() })
const listening = z.object({ nodes: z.record(z.string(), z.object({ http: http.optional() })) })

/** The others notice at once that a node has stopped; the primary shards it had need a moment. */
const goneWithinMs = 60_000
const settledWithinMs = 5000
const reachedWithinMs = 10_000

/** A node that has given up its vote and still runs. One of both is called, once. */
export interface Leaving {
  /** After the node has stopped: frees its place among the exclusions. Gives `vote_exclusion_left` where that was not possible; never rejects. */
  gone(): Promise<Problem | null>
  /** The node was not stopped: it may vote again. Never rejects. */
  stays(): Promise<void>
}

export interface HowToLeave {
  /** a login that every node of the cluster accepts, where there is one: used where API keys are off */
  readonly auth: ClusterAuth | null
  readonly signal?: AbortSignal | undefined
  readonly open?: ((to: ConnectTo) => Promise<Cluster>) | undefined
}

/**
 * Lets the node that answers leave its cluster: it takes only copies with it, and gives up its vote, so that the others can go on. Its exclusion from voting stays until it has
 * gone: the master would give a node that is up its vote back. The caller stops the node and then calls `gone`, which asks another node.
 * Where this fails, the exclusions are as they were. Problems: `undo_last_copies`, `leave_no_majority`, those of the client.
 */
export async function leaveCluster(cluster: Cluster, how: HowToLeave): Promise<Leaving> {
  const { signal } = how
  const own = await readOwnId(cluster, signal)
  await refuseLastCopies(cluster, own, signal)
  const members = await readMembers(cluster, signal)
  if (!members.nodes.some(({ id, votes }) => id === own && votes) && !members.voting.config.includes(own)) return nothingToGiveUp
  refuseWithoutMajority(members, own)
  const other = await openOther(cluster, own, how)
  const wasExcluded = members.exclusions.some(({ node_id }) => node_id === own)
  try {
    await exclude(cluster, own, signal)
  } catch (thrown) {
    if (!wasExcluded) await removeExclusion(cluster, own).catch(() => undefined)
    await other?.close()
    throw thrown
  }
  return {
    gone: async () => ((await afterwards(other, (over) => freePlace(over, own))) ? null : problem('vote_exclusion_left', { id: own })),
    stays: async () => {
      await afterwards(other, (over) => (wasExcluded ? Promise.resolve() : removeExclusion(over, own)))
    },
  }
}

const nothingToGiveUp: Leaving = { gone: () => Promise.resolve(null), stays: () => Promise.resolve() }

/** Refuses where data is on the node `own` and nowhere else. */
async function refuseLastCopies(cluster: Cluster, own: string, signal?: AbortSignal): Promise<void> {
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

/** The master takes no vote away where those that are left could not elect one; Elasticsearch would wait for that in vain. */
function refuseWithoutMajority({ nodes, voting }: Members, own: string): void {
  const { config, live, excluded } = voting
  if (!config.includes(own) || !nextConfig({ ...voting, excluded: [...excluded, own] }).includes(own)) return
  const nameOf = (id: string): string => nodes.find((one) => one.id === id)?.name ?? id
  throw problem('leave_no_majority', {
    node: nameOf(own),
    down: config.filter((id) => !live.includes(id) && !excluded.includes(id)),
    excluded: live.filter((id) => id !== own && excluded.includes(id)).map(nameOf),
  })
}

interface Other {
  readonly cluster: Cluster
  readonly pass: Pass | null
  close(): Promise<void>
}

/** A connection to another node of the cluster that accepts the login; null where none can be had. */
async function openOther(cluster: Cluster, own: string, { auth, signal, open = connect }: HowToLeave): Promise<Other | null> {
  const { nodes } = listening.parse(await cluster.request({ method: 'GET', path: '/_nodes/http', query: { timeout: '10s' } }, signal))
  const addresses = Object.entries(nodes).flatMap(([id, node]) => (id === own || node.http === undefined ? [] : tokenAddresses(node.http)))
  if (addresses.length === 0) return null
  const pass = await makePass(cluster, own, signal).catch(() => null)
  const login = pass?.auth ?? auth
  if (login === null) return null
  for (const address of addresses) {
    const over = await open({ url: `https://${address}`, caPem: cluster.caPem, own: cluster.own, auth: login })
    if (await accepts(over, signal)) return { cluster: over, pass, close: () => closed(over, pass) }
    await over.close()
  }
  await pass?.end(cluster)
  return null
}

/** A key can be unknown for a moment where it was made over another node. */
async function accepts(over: Cluster, signal?: AbortSignal): Promise<boolean> {
  const ask = (): Promise<unknown> => over.request({ method: 'GET', path: '/_security/_authenticate', timeoutMs: 5000 }, signal)
  return untilNot(['wrong_api_key', 'cluster_unhealthy'], ask, { forMs: reachedWithinMs, signal }).then(
    () => true,
    () => false,
  )
}

async function closed(over: Cluster, pass: Pass | null): Promise<void> {
  await pass?.end(over)
  await over.close()
}

/** What passes by itself after a node has stopped: another master is elected, shards of the security index are promoted. */
const passing = ['cluster_unhealthy', 'wrong_api_key', 'wrong_password', 'unreachable'] as const

/** Does what is left over the other node, and closes it; false where that was not possible. */
async function afterwards(other: Other | null, what: (over: Cluster) => Promise<void>): Promise<boolean> {
  if (other === null) return false
  try {
    await untilNot(passing, () => what(other.cluster), { forMs: goneWithinMs })
    return true
  } catch {
    return false
  } finally {
    await untilSettled(other.cluster)
    await other.close()
  }
}

/** Only once the master does not count the node among its own. */
async function freePlace(over: Cluster, own: string): Promise<void> {
  if ((await readMembers(over)).nodes.some(({ id }) => id === own)) throw problem('cluster_unhealthy', { why: 'it still counts the node that has stopped' })
  await removeExclusion(over, own)
}

/** The votes are shared out again with the next change of the cluster state. Never rejects. */
async function untilSettled(over: Cluster): Promise<void> {
  const look = async (): Promise<void> => {
    const { voting } = await readMembers(over)
    const missing = nextConfig(voting).filter((id) => !voting.config.includes(id)).length
    if (missing > 0 || nextConfig(voting).length !== voting.config.length) throw problem('cluster_unhealthy', { why: 'its votes are being shared out' })
  }
  await untilNot(passing, look, { forMs: settledWithinMs }).catch(() => undefined)
}
