import { setTimeout as wait } from 'node:timers/promises'
import type { Installation } from '../../shared/contract/installation.ts'
import { asProblem, problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { logOfStart } from '../node/log-of-start.ts'
import { startNode, type StartedNode } from '../node/start.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { settleHandedOver } from '../plan/settled.ts'
import { addressOf } from './address-of.ts'
import { startAndProve } from './carry-out.ts'
import type { Handover, LiveSetup } from './live-setup.ts'
import { portAnswers } from './port-answers.ts'
import { failPhase } from './setup-phases.ts'
import { onceStopped } from './once-stopped.ts'
import { stopWhatBegan } from './stop-what-began.ts'
import { tellProblem } from './tell-problem.ts'

/** What a start of a node that nobody sets up is given. */
export interface StartWishes {
  /** for this start alone */
  readonly heap?: string | undefined
  readonly keystorePassword?: Secret | undefined
}

/** Starts a node that is configured already, and proves that it answers with its own CA. The password is not known here. Never rejects. */
export async function runConfigured(live: LiveSetup, installation: Installation, handover: Handover, keystorePassword: Secret | null): Promise<void> {
  await ending(live, installation, async () => {
    await tidied(installation)
    live.handover = handover
    await startAndProve(live, installation, null, keystorePassword)
  })
}

/** Starts the node as it is, without configuring security: it is proved only that its port answers. Never rejects. */
export async function runAsIs(live: LiveSetup, installation: Installation, { heap, keystorePassword }: StartWishes): Promise<void> {
  await ending(live, installation, async () => {
    await tidied(installation)
    const { signal } = live.controller
    const started = await startNode({
      installation,
      heap,
      keystorePassword,
      signal,
      onPhase: (id) => live.begin(id),
      onLog: (lines, dropped) => live.add(lines, dropped),
      onExplained: (line) => live.explain(line),
    })
    try {
      live.update({ node: started.node, stage: 'proving' })
      live.begin('answering')
      await untilPortAnswers(installation, started, signal)
      live.end('answering')
    } finally {
      void started.letGo()
    }
  })
}

async function tidied({ config }: Installation): Promise<void> {
  // A password reset that was killed may have left its superuser in the file realm: no node of ours starts with it.
  await putBackLeft(config, 'temporary-user')
  await putBackLeft(config, 'opening')
  await settleHandedOver(config)
}

async function ending(live: LiveSetup, installation: Installation, work: () => Promise<void>): Promise<void> {
  try {
    await work()
    await live.unlock()
    live.update({ stage: 'ready' })
  } catch (thrown) {
    const told = asProblem(thrown, live.controller.signal)
    live.update({ phases: failPhase(live.state.phases, Date.now()), ...(told.code === 'cancelled' ? { stage: 'cancelling' } : {}) })
    const { problem: stopping, sentence } = await stopWhatBegan(live, installation)
    const log = told.code === 'cancelled' ? null : await logOfStart(installation.logs)
    await live.unlock()
    live.update({ problem: tellProblem(stopping ?? onceStopped(told)), putBack: log === null ? sentence : `${sentence} Its log is in ${log}.`, stage: told.code === 'cancelled' ? 'cancelled' : 'failed', node: null })
  }
}

/** Waits until something accepts connections where the node answers by its settings. Problems: why it died, `cancelled`, `not_answering` after 30 s. */
export async function untilPortAnswers(installation: Installation, started: StartedNode, signal: AbortSignal): Promise<void> {
  const { url } = await addressOf(installation, started.node)
  const deadline = Date.now() + 30_000
  while (!(await portAnswers(url))) {
    const death = await started.died()
    if (death !== null) throw death
    if (signal.aborted) throw problem('cancelled', {})
    if (Date.now() > deadline) throw problem('not_answering', { url, seconds: 30, last: 'nothing listens' })
    await wait(200, undefined, { signal }).catch(() => undefined)
  }
}
