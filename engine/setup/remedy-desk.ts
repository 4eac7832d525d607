import { randomUUID } from 'node:crypto'
import type { RemedyDone, RemedyPreview } from '../../shared/contract/preflight.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { inspect } from '../installation/inspect.ts'
import { applyPlan } from '../plan/apply.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { rollBack } from '../plan/roll-back.ts'
import { settle } from '../plan/settled.ts'
import { judge } from '../preflight/preflight.ts'
import { ownerOfConfig } from './owner-of-config.ts'
import { draftRemedy, refuseUnfit, withPassword, type Remedy } from './remedy.ts'
import { remedySentences } from './remedy-sentences.ts'

/** Previewed remedies of this process, so that just what was seen is what is applied. One a host. */
export class RemedyDesk {
  readonly #drafts = new Map<string, Remedy>()

  /** Previews undoing what stands in the way. An earlier preview of the same home is dropped. Problems: those of `draftRemedy`. */
  async preview(target: NodeTarget, keystorePassword: Secret | undefined): Promise<RemedyPreview> {
    const remedy = await draftRemedy(target, keystorePassword ?? null)
    for (const [id, { installation }] of this.#drafts) if (installation.config === remedy.installation.config) this.#drafts.delete(id)
    if (remedy.plan.changes.length === 0) return { planId: null, ...remedy.preview }
    const planId = randomUUID()
    this.#drafts.set(planId, remedy)
    return { planId, ...remedy.preview }
  }

  /**
   * Applies what was previewed: all of it, or nothing. It stands then, and `undo` puts it back. Problems: `no_such_plan`, `busy`, those of `refuseUnfit`
   * (a node was started since, say), and those of `applyPlan`, `changed_meanwhile` before all.
   */
  async apply(planId: string, signal: AbortSignal | undefined): Promise<RemedyDone> {
    const remedy = this.#drafts.get(planId)
    if (remedy === undefined) throw problem('no_such_plan', {})
    await withHomeLocked(remedy.installation.config, () => carryOut(remedy, signal))
    this.#drafts.delete(planId)
    const { report } = await judge(await inspect(remedy.target), withPassword(remedy.keystorePassword))
    return { sentences: remedySentences(remedy.preview, 'was'), report }
  }
}

async function carryOut({ target, keystorePassword, plan }: Remedy, signal: AbortSignal | undefined): Promise<void> {
  const installation = await inspect(target)
  const { report, obstacles } = await judge(installation, withPassword(keystorePassword))
  refuseUnfit(installation, report, obstacles)
  const { config } = installation
  await applyPlan(plan, { config, owner: ownerOfConfig(installation), ...(signal === undefined ? {} : { signal }) })
  try {
    await settle(config)
  } catch (thrown) {
    await rollBack(config)
    throw thrown
  }
}
