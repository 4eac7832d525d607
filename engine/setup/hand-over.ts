import type { Credentials, SetupState } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import { withCluster } from '../cluster/client.ts'
import { createEnrollmentToken } from '../cluster/token.ts'
import { changeRecord } from '../plan/record.ts'
import { settle } from '../plan/settled.ts'
import type { Handover, LiveSetup } from './live-setup.ts'
import { viewOf } from './make-token.ts'
import { timingsOf } from './setup-phases.ts'
import { tellProblem } from './tell-problem.ts'

/**
 * What somebody came for, with a Kibana enrollment token that lives 30 minutes; an expired one is made anew.
 * Problem: `no_credentials_yet` before the node is proved.
 */
export async function credentialsOf(live: LiveSetup): Promise<Credentials> {
  const { stage, node, proof, phases, startedAt } = live.state
  const handover = live.handover
  if (handover === null || (stage !== 'ready' && stage !== 'handed-over')) throw problem('no_credentials_yet', {})
  await ensureKibanaToken(handover)
  return {
    url: handover.url,
    username: 'elastic',
    password: handover.password?.reveal() ?? null,
    handedOver: live.state.stage === 'handed-over',
    caFingerprint: handover.caFingerprint,
    caCertificate: handover.caCertificate,
    caPem: handover.tls.caPem,
    kibanaToken: handover.kibanaToken,
    kibanaTokenTrouble: handover.kibanaTokenTrouble,
    node,
    clusterName: proof?.clusterName ?? null,
    timings: timingsOf(phases, startedAt),
  }
}

/** Somebody has the password: the journal becomes what undo needs, and the home is free for others. Asked twice, it is done once. */
export async function handOver(live: LiveSetup): Promise<SetupState> {
  if (live.state.stage !== 'ready' || live.handover?.password === null) return live.state
  live.handing ??= settled(live)
  await live.handing
  return live.state
}

async function settled(live: LiveSetup): Promise<void> {
  try {
    await changeRecord(live.config, { stage: 'handed-over' })
    await settle(live.config)
    live.update({ stage: 'handed-over' })
    await live.unlock()
  } finally {
    live.handing = null
  }
}

async function ensureKibanaToken(handover: Handover): Promise<void> {
  const { kibanaToken, password, url, tls, caFingerprint } = handover
  if (password === null || (kibanaToken !== null && kibanaToken.expiresAt > Date.now())) return
  try {
    const made = await withCluster({ url, ...tls, auth: { user: 'elastic', password } }, (cluster) =>
      createEnrollmentToken({ cluster, scope: 'kibana', caFingerprint, now: Date.now() }),
    )
    handover.kibanaToken = viewOf('kibana', made)
    handover.kibanaTokenTrouble = null
  } catch (thrown) {
    handover.kibanaToken = null
    handover.kibanaTokenTrouble = tellProblem(thrown)
  }
}
