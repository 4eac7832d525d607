import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { Problem, problem, type ProblemCode } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import { leaveCluster, type Leaving } from '../cluster/leave-cluster.ts'
import { waitUntilAnswering } from '../cluster/wait-until-answering.ts'
import { admissionInLog, type Admission } from '../node/admission.ts'
import { findNode } from '../node/find-node.ts'
import { startNode } from '../node/start.ts'
import { stopNode } from '../node/stop.ts'
import { readRecord } from '../plan/record.ts'
import { readCalledNode } from '../security/http-ca.ts'
import { addressOf } from './address-of.ts'
import { dataWasFormed } from './node-traces.ts'

/** A node that waits for a master answers after 30 s (`discovery.initial_state_timeout`). */
const answersWithinMs = 120_000
/** The node looks at its file realm every 5 s; then it may take 20 s to give up its vote. */
const leavesWithinMs = 120_000
/** With these it runs on. */
const refusals: readonly ProblemCode[] = ['undo_last_copies', 'leave_no_majority']

/** How the membership of a node ended. */
export interface EndedMembership {
  /** it ran, and was stopped */
  readonly stopped: boolean
  /** what is left to do in the cluster: `vote_left`, `vote_exclusion_left` */
  readonly left: Problem | null
}

/**
 * Stops a node whose join did not come to its end, and lets it leave the cluster first where that may have counted it in: else its vote would stay, and the others would miss it. One that has died
 * since is started again for that. Problems: `undo_last_copies`, `leave_no_majority` (then it runs on), `stop_failed`, `not_yours_to_stop`.
 */
export async function endMembership(installation: Installation, keystorePassword: Secret | null): Promise<EndedMembership> {
  const running = await findNode(installation)
  const node = running ?? (await startedAgain(installation, keystorePassword))
  if (node === null || node instanceof Problem) return { stopped: false, left: node }
  const leaving = await leave(installation, node, keystorePassword)
  if (leaving instanceof Problem || leaving === null) {
    await stopNode({ installation })
    return { stopped: running !== null, left: leaving }
  }
  await stopNode({ installation }).catch(async (thrown: unknown) => {
    await leaving.stays()
    throw thrown
  })
  return { stopped: running !== null, left: await leaving.gone() }
}

/** The node, where it is to be started again for leaving; null where it has nothing to give up, a problem where it does not start. */
async function startedAgain(installation: Installation, keystorePassword: Secret | null): Promise<RunningNode | Problem | null> {
  if (!(await dataWasFormed(installation))) return null
  const admission = await admissionOf(installation)
  if (admission !== null && !admission.listened) return null
  try {
    // Whoever took its port meanwhile is no obstacle.
    const started = await startNode({ installation, settings: { 'http.port': '0' }, ...(keystorePassword === null ? {} : { keystorePassword }) })
    void started.letGo()
    return started.node
  } catch {
    return voteLeft(installation, admission)
  }
}

/** Null where the node has found no cluster: then it has nothing to give up. A problem where it may have, and could not be asked. */
async function leave(installation: Installation, running: RunningNode, keystorePassword: Secret | null): Promise<Leaving | Problem | null> {
  const died = async (): Promise<Problem | null> => ((await findNode(installation)) === null ? problem('not_running', { home: installation.home }) : null)
  try {
    const { url } = await addressOf(installation, running)
    const { tls } = await readCalledNode({ installation, keystorePassword })
    await waitUntilAnswering({ url, ...tls, password: null, died, forMs: answersWithinMs })
    const admission = await admissionOf(installation)
    if (admission !== null && !admission.foundMaster) return null
    const signal = AbortSignal.timeout(leavesWithinMs)
    const asked = { installation, url, tls, signal }
    return await withFileRealmSuperuser(asked, (cluster) => leaveCluster(cluster, { auth: null, signal }))
  } catch (thrown) {
    if (thrown instanceof Problem && refusals.includes(thrown.code)) throw thrown
    const admission = await admissionOf(installation)
    return admission === null || admission.listened ? voteLeft(installation, admission) : null
  }
}

async function admissionOf({ config, logs }: Installation): Promise<Admission | null> {
  return admissionInLog(logs, (await readRecord(config))?.at ?? 0)
}

async function voteLeft({ config }: Installation, admission: Admission | null): Promise<Problem> {
  return problem('vote_left', { node: (await readRecord(config))?.facts?.nodeName ?? null, id: admission?.nodeId ?? null })
}
