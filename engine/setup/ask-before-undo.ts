import { z } from 'zod'
import type { Installation } from '../../shared/contract/installation.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import type { Cluster } from '../cluster/client.ts'
import { leaveCluster, type HowToLeave, type Leaving } from '../cluster/leave-cluster.ts'
import { readMembers } from '../cluster/members.ts'
import { leftByPass } from '../cluster/pass.ts'
import { personsIndices } from '../cluster/system-indices.ts'
import { viewCluster } from '../cluster/view.ts'
import { refuseWithoutMaster } from '../cluster/writable.ts'
import { pastMembers } from '../node/past-members.ts'
import type { SetupRecord } from '../plan/record.ts'

const root = z.object({ cluster_uuid: z.string() })

export interface AskedBeforeUndo extends HowToLeave {
  readonly installation: Pick<Installation, 'logs'>
  readonly record: SetupRecord | null
  /** the person has said that the other nodes no longer exist */
  readonly othersGone: boolean
}

/**
 * Asks the cluster whether its node can be undone. Of a node that others are left behind by: how it leaves them; null of one that is alone. Problems: `undo_other_cluster`, `undo_other_nodes`,
 * `undo_would_lose_data`, those of `leaveCluster`; without `othersGone` also `undo_no_master`, `undo_absent_nodes`.
 */
export async function askBeforeUndo(cluster: Cluster, asked: AskedBeforeUndo): Promise<Leaving | null> {
  const { record, signal, othersGone } = asked
  try {
    await refuseWithoutMaster(cluster, { signal })
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'no_master') return askWithoutMaster(cluster, asked)
    throw thrown
  }
  const { uuid, nodes } = await viewCluster(cluster, signal)
  refuseOtherCluster(record, uuid)
  if (nodes.length > 1 && record?.joining === true) return leaveCluster(cluster, asked)
  if (nodes.length > 1) throw problem('undo_other_nodes', { nodes: nodes.map(({ name }) => name).join(', ') })
  const indices = await personsIndices(cluster, { signal })
  if (indices.length > 0) throw problem('undo_would_lose_data', { indices: indices.slice(0, 10).join(', ') })
  if (!othersGone) await refuseAbsentNodes(cluster, asked)
  return null
}

/** A node whose cluster has no master: only the person can know whether the others will come back, and with them copies of its data. */
export async function askWithoutMaster(cluster: Cluster, { record, signal, othersGone }: AskedBeforeUndo): Promise<null> {
  refuseOtherCluster(record, root.parse(await cluster.request({ method: 'GET', path: '/' }, signal)).cluster_uuid)
  if (!othersGone) throw problem('undo_no_master', { indices: (await personsIndices(cluster, { signal, local: true })).slice(0, 10) })
  return null
}

function refuseOtherCluster(record: SetupRecord | null, uuid: string): void {
  if (record !== null && record.formedCluster !== null && record.formedCluster !== uuid) throw problem('undo_other_cluster', {})
}

/** A node that is only stopped would find no master any more, and could not be undone without losing its data. */
async function refuseAbsentNodes(cluster: Cluster, { installation, record, signal }: AskedBeforeUndo): Promise<void> {
  const { nodes, voting } = await readMembers(cluster, signal)
  const left = await leftByPass(cluster, signal)
  const isAbsent = (id: string): boolean => !nodes.some((one) => one.id === id) && !left.includes(id)
  const past = (await pastMembers(installation.logs, record?.at ?? 0)).filter(({ id }) => isAbsent(id))
  const voters = voting.config.filter((id) => isAbsent(id) && !past.some((one) => one.id === id))
  const absent = [...past.map(({ id, name }) => `${name} (ID ${id})`), ...voters.map((id) => `ID ${id}`)]
  if (absent.length > 0) throw problem('undo_absent_nodes', { nodes: absent })
}
