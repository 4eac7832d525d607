import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { findNode } from '../node/find-node.ts'
import type { SetupRecord } from '../plan/record.ts'
import { readHttpCa } from '../security/http-ca.ts'
import { addressOf } from './address-of.ts'
import { startAndProve, endInFailure } from './carry-out.ts'
import { endJoined } from './carry-out-join.ts'
import { newHandover, type LiveSetup } from './live-setup.ts'
import { dataWasFormed } from './node-traces.ts'
import { takeBackJoin } from './take-back-join.ts'

/**
 * Ends what a dead Firstnode left of a node that was to join. Where it ran already it is started if need be, and kept once the cluster lists it; else
 * everything is put back, since the token is in nobody's memory any more (`join_interrupted`). Never rejects.
 */
export async function takeUpJoin(live: LiveSetup, installation: Installation, record: SetupRecord): Promise<void> {
  try {
    const running = await findNode(installation)
    if (running === null && !(await dataWasFormed(installation))) throw problem('join_interrupted', { home: installation.home })
    const [ca, { url }] = [await readHttpCa({ installation }), await addressOf(installation, running)]
    live.handover = newHandover(url, ca, null)
    live.update({ facts: record.facts, node: running, notes: ['Joining was interrupted after the node had run. It is kept if the cluster lists it.'] })
    if (running === null) await startAndProve(live, installation, null, null)
    await endJoined(live, installation, record.facts?.clusterName ?? 'elasticsearch', record.facts?.nodeName ?? running?.name ?? '')
  } catch (thrown) {
    await endInFailure(live, installation, thrown, takeBackJoin)
  }
}
