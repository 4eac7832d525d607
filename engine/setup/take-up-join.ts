import type { Installation } from '../../shared/contract/installation.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { waitUntilAnswering } from '../cluster/wait-until-answering.ts'
import { findNode } from '../node/find-node.ts'
import type { SetupRecord } from '../plan/record.ts'
import { readCalledNode } from '../security/http-ca.ts'
import { addressOf } from './address-of.ts'
import { startAndProve, endInFailure } from './carry-out.ts'
import { endJoined } from './carry-out-join.ts'
import { newHandover, type LiveSetup } from './live-setup.ts'
import { dataWasFormed } from './node-traces.ts'
import { takeBackJoin } from './take-back-join.ts'

/**
 * Ends what a dead Firstnode left of a node that was to join. Where it ran already it is started if need be, and kept once the cluster lists it; where that
 * fails it stays as it is: it may have been in the cluster since, and hold data that is nowhere else. Where it had not run everything is put back, since
 * the token is in nobody's memory any more (`join_interrupted`). Problems: those of starting, `join_not_admitted`.
 */
export async function takeUpJoin(live: LiveSetup, installation: Installation, record: SetupRecord | null, keystorePassword: Secret | null): Promise<void> {
  const running = await findNode(installation)
  if (running === null && !(await dataWasFormed(installation))) {
    return endInFailure(live, installation, problem('join_interrupted', { home: installation.home }), (home, cancelled) => takeBackJoin(home, cancelled, keystorePassword))
  }
  const called = await readCalledNode({ installation, keystorePassword })
  const { url } = await addressOf(installation, running)
  live.handover = newHandover(url, called, null)
  const facts = record?.facts ?? null
  live.update({ facts, node: running, notes: ['Joining was interrupted after the node had run. It is kept if the cluster lists it.'] })
  live.end('files')
  const died = async (): Promise<Problem | null> => ((await findNode(installation)) === null ? problem('not_running', { home: installation.home }) : null)
  // One that runs may be on its way still: whoever started it may have died a moment ago.
  const { signal } = live.controller
  const start =
    running === null
      ? () => startAndProve(live, installation, null, keystorePassword, { joins: true })
      : () => waitUntilAnswering({ url, ...called.tls, password: null, signal, died })
  await endJoined(live, installation, { clusterName: facts?.clusterName ?? 'elasticsearch', nodeName: facts?.nodeName ?? running?.name ?? '', start })
}
