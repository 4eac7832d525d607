import type { SetupAnswers, SetupFacts } from '../../shared/contract/setup.ts'
import { asProblem, problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { resetByFileRealm } from '../cluster/file-realm.ts'
import { inspect } from '../installation/inspect.ts'
import { findNode } from '../node/find-node.ts'
import { removeNodeRecord } from '../node/node-record.ts'
import { changeRecord, readRecord } from '../plan/record.ts'
import { recover } from '../plan/recover.ts'
import { readHttpCa } from '../security/http-ca.ts'
import { makeElasticPassword } from '../security/passwords.ts'
import { addressOf } from './address-of.ts'
import { carryOut, startAndProve } from './carry-out.ts'
import { draftFirstNode } from './draft.ts'
import type { LiveSetup } from './live-setup.ts'
import { dataWasFormed, removeTraces } from './node-traces.ts'
import { prove } from './prove.ts'
import { failPhase } from './setup-phases.ts'
import { tellProblem } from './tell-problem.ts'

/**
 * Ends what a dead Firstnode left on a home, with credentials that work. Where the node never formed data, everything is put
 * back and set up anew with `answers`, else with what was chosen then. Where it did, nothing is deleted: the node is started
 * if it does not run, and the elastic user gets a new password, since nobody has the first one. Never rejects.
 */
export async function takeUp(live: LiveSetup, answers: SetupAnswers | undefined): Promise<void> {
  const { target } = live.state
  try {
    const installation = await inspect(target)
    const record = await readRecord(installation.config)
    const ran = (await dataWasFormed(installation.config)) || (await findNode(installation)) !== null
    if (record !== null && ran) {
      await takeUpRunning(live, record.facts, answers)
      return
    }
    await recover(installation.config)
    await removeNodeRecord(installation.config)
    await removeTraces(installation.config)
    live.update({ notes: ['An earlier set-up was interrupted before the node ran. It was put back, and begun anew.'] })
    const draft = await draftFirstNode(target, answers ?? answersOf(record?.facts ?? null))
    live.update({ facts: draft.facts })
    await carryOut(live, draft)
  } catch (thrown) {
    const told = asProblem(thrown, live.controller.signal)
    await live.unlock()
    live.update({
      phases: failPhase(live.state.phases, Date.now()),
      problem: tellProblem(told),
      putBack: 'The set-up that was interrupted is still there, and can be taken up again or undone.',
      stage: told.code === 'cancelled' ? 'cancelled' : 'failed',
    })
  }
}

async function takeUpRunning(live: LiveSetup, facts: SetupFacts | null, answers: SetupAnswers | undefined): Promise<void> {
  const installation = await inspect(live.state.target)
  const { config } = installation
  const keystorePassword = answers?.keystorePassword === undefined ? null : new Secret(answers.keystorePassword)
  const ca = await readHttpCa({ installation, ...(keystorePassword === null ? {} : { keystorePassword }) })
  const { url } = await addressOf(installation)
  const password = answers?.elasticPassword === undefined ? makeElasticPassword() : new Secret(answers.elasticPassword)
  const common = { url, caPem: ca.pem, caCertificate: ca.path, caFingerprint: ca.fingerprint, kibanaToken: null, kibanaTokenTrouble: null }
  live.update({
    ...(facts === null ? {} : { facts }),
    notes: ['An earlier set-up was interrupted after its node had run. The node is kept, and the elastic user gets a new password.'],
  })
  live.handover = { ...common, password: null }
  live.end('files')
  const running = await findNode(installation)
  if (running === null) await startAndProve(live, installation, null, keystorePassword)
  else live.update({ node: running, stage: 'proving' })
  live.update({ stage: 'proving' })
  await resetByFileRealm({ installation, url, caPem: ca.pem, username: 'elastic', password, signal: live.controller.signal })
  live.handover = { ...common, password }
  await prove(live, password, live.controller.signal, async () => ((await findNode(installation)) === null ? problem('not_running', { home: installation.home }) : null))
  await changeRecord(config, { stage: 'ready', formedCluster: live.state.proof?.clusterUuid ?? null })
  live.update({ stage: 'ready' })
}

/** What was chosen in the set-up that died, as answers; its own password is nowhere kept. */
function answersOf(facts: SetupFacts | null): SetupAnswers {
  if (facts === null) return {}
  const { nodeName, clusterName, httpPort, transportPort, heap, httpHost, san } = facts
  return { nodeName, clusterName, httpPort, transportPort, httpHost, san, ...(heap === null ? {} : { heap }) }
}
