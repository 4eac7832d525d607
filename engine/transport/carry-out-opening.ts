import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { asProblem, Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import { inspect } from '../installation/inspect.ts'
import { findNode } from '../node/find-node.ts'
import { logOfStart } from '../node/log-of-start.ts'
import { stopNode } from '../node/stop.ts'
import { applyPlan } from '../plan/apply.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { rollBack } from '../plan/roll-back.ts'
import { settle, settleHandedOver } from '../plan/settled.ts'
import { ownerOfConfig } from '../setup/owner-of-config.ts'
import type { Work } from '../work/live-work.ts'
import { refuseUnfit, type Opening } from './opening.ts'
import { proveBound } from './prove-bound.ts'
import { provedSentences } from './proved-sentences.ts'
import { refuseUnstartable } from './refuse-unstartable.ts'
import { planRestart, startAgain, type Restart } from './restart.ts'

/** Whom a restarted node concerns beside the work itself. */
export type OnRestarted = (installation: Installation, node: RunningNode) => void

/**
 * Writes a previewed opening, starts a node that runs anew, and sees that it answers, as healthy as before, and is bound to what was asked for. Whatever fails, or a cancel,
 * puts the settings back and starts the node as it was; the problem says so. Problems: `busy`, those of `draftOpening`, `applyPlan`, of starting and stopping, of `proveBound`.
 */
export function openingWork(opening: Opening, password: Secret | null, onRestarted: OnRestarted): Work {
  return ({ signal, onProgress }) =>
    withHomeLocked(opening.installation.config, async () => {
      const step = (done: number, text: string): void => onProgress({ text, done, total: 4, unit: 'steps' })
      step(0, 'Looking at the node')
      const installation = await inspect(opening.target)
      const { config } = installation
      refuseUnfit(installation, (await readHomeSettings(installation)).settings)
      await putBackLeft(config, 'temporary-user')
      await settleHandedOver(config)
      const running = await findNode(installation)
      if (running !== null) await refuseUnstartable(installation, opening.keystorePassword)
      const restart = running === null ? null : await planRestart(installation, running, { keystorePassword: opening.keystorePassword, password })
      await applyPlan(opening.plan, { config, owner: ownerOfConfig(installation), signal })
      if (restart === null) {
        await settle(config)
        return { sentences: ['The settings are written. The node takes them up when it is started.'] }
      }
      let stopped = false
      try {
        step(1, 'Stopping the node')
        await stopNode({ installation })
        stopped = true
        signal.throwIfAborted()
        const { node, health } = await startAgain(restart, signal, (text) => step(2, text))
        step(3, 'Seeing what transport is bound to')
        const bound = await proveBound(node, opening.found)
        signal.throwIfAborted()
        await settle(config)
        onRestarted(installation, node)
        return { sentences: provedSentences({ node, bound, restart, health }) }
      } catch (thrown) {
        const told = asProblem(thrown, signal)
        throw withWords(told, await putBack({ installation, restart, stopped, onRestarted, onText: (text) => step(3, text) }, told))
      }
    })
}

interface PuttingBack {
  readonly installation: Installation
  readonly restart: Restart
  /** what runs now, if anything does, has read what was written */
  readonly stopped: boolean
  readonly onRestarted: OnRestarted
  readonly onText: (text: string) => void
}

/** Puts the settings back and starts the node as it was. Says how things stand then; never rejects. */
async function putBack({ installation, restart, stopped, onRestarted, onText }: PuttingBack, { code }: Problem): Promise<string> {
  const log = code === 'cancelled' || !stopped ? null : await logOfStart(installation.logs)
  let words = 'The settings could not be put back'
  try {
    onText('Putting the settings back')
    if (stopped && (await findNode(installation)) !== null) await stopNode({ installation })
    await rollBack(installation.config)
    words = 'The settings are as they were before, but the node could not be started again'
    if ((await findNode(installation)) !== null) return 'The settings are as they were before, and the node was left running.'
    const { node } = await startAgain(restart, undefined, (text) => onText(`${text}, as it was before`))
    onRestarted(installation, node)
    return `The settings are as they were before, and the node was started again with them.${log === null ? '' : ` The log is ${log}.`}`
  } catch (thrown) {
    return `${words}: ${asProblem(thrown).message}`
  }
}

/** The same problem, with how things stand behind its own words. */
export function withWords({ code, exit, message, remedy, detail, cause }: Problem, words: string): Problem {
  return new Problem(code, { exit, message: `${message} ${words}`, remedy }, detail, cause)
}
