import type { SetupAnswers, SetupFacts } from '../../shared/contract/setup.ts'
import type { Installation } from '../../shared/contract/installation.ts'
import { asProblem, problem, type Problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { resetByFileRealm } from '../cluster/file-realm.ts'
import { waitUntilAnswering } from '../cluster/wait-until-answering.ts'
import { inspect } from '../installation/inspect.ts'
import { findNode } from '../node/find-node.ts'
import { removeNodeRecord } from '../node/node-record.ts'
import { changeRecord, readRecord } from '../plan/record.ts'
import { recover } from '../plan/recover.ts'
import { unfinishedIn } from '../plan/unfinished.ts'
import { readCalledNode } from '../security/http-ca.ts'
import { makeElasticPassword } from '../security/passwords.ts'
import { addressOf } from './address-of.ts'
import { carryOut, startAndProve } from './carry-out.ts'
import { draftFirstNode } from './draft.ts'
import { newHandover, type Handover, type LiveSetup } from './live-setup.ts'
import { dataWasFormed, removeTraces } from './node-traces.ts'
import { prove } from './prove.ts'
import { failPhase } from './setup-phases.ts'
import { takeUpJoin } from './take-up-join.ts'
import { tellProblem } from './tell-problem.ts'

/**
 * Ends what a dead Firstnode left on a home, with credentials that work. Where the node never formed data, everything is put
 * back and set up anew with `answers`, else with what was chosen then. Where it did, nothing is deleted: the node is started
 * if it does not run, and the elastic user gets a new password, since nobody has the first one. Never rejects.
 */
export async function takeUp(live: LiveSetup, answers: SetupAnswers | undefined): Promise<void> {
  const { target } = live.state
  let left = 'The set-up that was interrupted is still there, and can be taken up again or undone.'
  try {
    const installation = await inspect(target)
    const record = await readRecord(installation.config)
    if ((await unfinishedIn(installation.config)) === 'join') return await takeUpJoin(live, installation, record, keystorePasswordOf(answers))
    const ran = (await dataWasFormed(installation)) || (await findNode(installation)) !== null
    if (record !== null && ran && (await takeUpRunning(live, installation, record.facts, answers))) return
    live.handover = null
    await recover(installation.config)
    await removeNodeRecord(installation.config)
    await removeTraces(installation)
    left = 'The set-up that was interrupted was put back: every file is as it was before it.'
    live.update({ notes: ['An earlier set-up was interrupted before the node ran. It was put back, and begun anew.'] })
    const draft = await draftFirstNode(target, { ...record?.answers, ...answers })
    live.update({ facts: draft.facts })
    await carryOut(live, draft)
  } catch (thrown) {
    const told = asProblem(thrown, live.controller.signal)
    await live.unlock()
    live.update({
      phases: failPhase(live.state.phases, Date.now()),
      problem: tellProblem(told),
      putBack: left,
      stage: told.code === 'cancelled' ? 'cancelled' : 'failed',
    })
  }
}

function keystorePasswordOf(answers: SetupAnswers | undefined): Secret | null {
  return answers?.keystorePassword === undefined ? null : new Secret(answers.keystorePassword)
}

/** False where the node that was on its way died and had formed nothing: then all is as if it had never been started. */
async function takeUpRunning(live: LiveSetup, installation: Installation, facts: SetupFacts | null, answers: SetupAnswers | undefined): Promise<boolean> {
  const { config } = installation
  const { signal } = live.controller
  const keystorePassword = keystorePasswordOf(answers)
  const called = await readCalledNode({ installation, keystorePassword })
  const password = answers?.elasticPassword === undefined ? makeElasticPassword() : new Secret(answers.elasticPassword)
  const { url } = await addressOf(installation)
  const handover = newHandover(url, called, null)
  live.handover = handover
  live.update({
    ...(facts === null ? {} : { facts }),
    notes: ['An earlier set-up was interrupted after its node had run. The node is kept, and the elastic user gets a new password.'],
  })
  live.end('files')
  const died = async (): Promise<Problem | null> => ((await findNode(installation)) === null ? problem('not_running', { home: installation.home }) : null)
  if ((await findNode(installation)) === null) await startAndProve(live, installation, null, keystorePassword)
  else if (!(await joinStart(live, installation, handover, died))) return false
  const reached = live.handover
  await resetByFileRealm({ installation, url: reached.url, tls: called.tls, username: 'elastic', password, signal })
  live.handover = { ...reached, password }
  await prove(live, password, signal, died)
  await changeRecord(config, { stage: 'ready', formedCluster: live.state.proof?.clusterUuid ?? null })
  live.update({ stage: 'ready' })
  return true
}

/** Waits for a node that another process has started and that may still be on its way; false where it died and had formed nothing. */
async function joinStart(live: LiveSetup, installation: Installation, { url, tls }: Handover, died: () => Promise<Problem | null>): Promise<boolean> {
  live.update({ stage: 'proving' })
  try {
    await waitUntilAnswering({ url, ...tls, password: null, signal: live.controller.signal, died })
  } catch (thrown) {
    const gone = (await died()) !== null && !(await dataWasFormed(installation))
    if (gone && !live.controller.signal.aborted) return false
    throw thrown
  }
  const node = await findNode(installation)
  live.update({ node })
  if (node !== null && node.httpPort !== null) live.boundTo(node.httpPort)
  return true
}
