import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { Problem } from '../../shared/problems/problem.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import { leaveCluster } from '../cluster/leave-cluster.ts'
import { findNode } from '../node/find-node.ts'
import { removeNodeRecord } from '../node/node-record.ts'
import { stopNode } from '../node/stop.ts'
import { undoFiles } from '../plan/undo.ts'
import { readHttpCa } from '../security/http-ca.ts'
import { addressOf } from './address-of.ts'
import { keepLog } from './keep-log.ts'
import { listed } from './listed.ts'
import { dataWasFormed, removeTraces } from './node-traces.ts'

/** The node looks at its file realm every 5 s, then the cluster is asked: who gave up sooner on a slow machine would delete data that nobody was asked about. */
const leavesWithinMs = 30_000

/**
 * Takes back a node whose join did not come to its end: stops it, deletes what it wrote into its empty data folder, gives logs and files their former
 * state. The log of a start that failed is kept outside of the home. Gives a sentence that says so. Problems: `undo_last_copies` where the cluster had taken it in and has put
 * data on it alone since: then it runs on; `stop_failed`, `not_yours_to_stop`.
 */
export async function takeBackJoin(installation: Installation, cancelled: boolean): Promise<string> {
  const { config } = installation
  const keptLog = cancelled ? null : await keepLog(installation)
  const running = await findNode(installation)
  const ran = running !== null
  if (ran) {
    await leaveWhereAdmitted(installation, running)
    await stopNode({ installation })
  }
  const formed = await dataWasFormed(installation)
  await removeNodeRecord(config)
  await removeTraces(installation)
  const { kept, beside } = await undoFiles(config)
  const parts = [...(ran ? ['the node was stopped'] : []), ...(formed ? ['the data it had formed is gone'] : []), ...(kept.length > 0 || beside.length > 0 ? ['what you edited meanwhile stays'] : ['every file is as it was before'])]
  const sentence = `${listed(parts)}.`
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${keptLog === null ? '' : ` The log of the start is kept in ${keptLog}.`}`
}

/**
 * The cluster may have taken it in before it was cancelled: then it gives up its vote, which the others would miss. Where nobody answers, or no cluster is known there, it has
 * nothing to give up.
 */
async function leaveWhereAdmitted(installation: Installation, running: RunningNode): Promise<void> {
  const signal = AbortSignal.timeout(leavesWithinMs)
  try {
    const [{ url }, { pem: caPem }] = await Promise.all([addressOf(installation, running), readHttpCa({ installation })])
    await withFileRealmSuperuser({ installation, url, caPem, signal }, (cluster) => leaveCluster(cluster, signal))
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'undo_last_copies') throw thrown
  }
}
