import { randomUUID } from 'node:crypto'
import type { RenewalPreview } from '../../shared/contract/certificates.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import type { WorkState } from '../../shared/contract/work.ts'
import { problem } from '../../shared/problems/problem.ts'
import { inspect } from '../installation/inspect.ts'
import type { WorkDesk } from '../work/work-desk.ts'
import { renewalWork } from './carry-out-renewal.ts'
import { draftRenewal, type Renewal, type RenewalWish } from './renewal.ts'
import { renewalUndoWork } from './undo-renewal.ts'

/** The renewals that were previewed in this process, and the work that came of them. One a host. */
export class RenewalDesk {
  readonly #works: WorkDesk
  readonly #drafts = new Map<string, Renewal>()
  /** what each plan that was applied has begun */
  readonly #applied = new Map<string, string>()

  constructor(works: WorkDesk) {
    this.#works = works
  }

  /** Previews a renewal; an earlier preview of the same home is dropped. Problems: those of `draftRenewal`. */
  async preview(wish: RenewalWish): Promise<RenewalPreview> {
    const renewal = await draftRenewal(wish)
    for (const [id, other] of this.#drafts) {
      if (other.installation.config !== renewal.installation.config) continue
      other.discard()
      this.#drafts.delete(id)
    }
    const planId = randomUUID()
    this.#drafts.set(planId, renewal)
    return { planId, ...renewal.preview }
  }

  /**
   * Begins what was previewed; asked for once more, by a page that did not hear the answer, it gives what was begun.
   * Problems: `no_such_plan`, `work_under_way`.
   */
  async renew(planId: string): Promise<WorkState> {
    const begun = this.#applied.get(planId)
    if (begun !== undefined) return this.#works.live(begun).state
    const renewal = this.#drafts.get(planId)
    if (renewal === undefined) throw problem('no_such_plan', {})
    const { home, config } = renewal.installation
    const state = await this.#works.begin({
      what: { what: 'renew', home, config },
      destination: config,
      work: renewalWork(renewal),
    })
    this.#drafts.delete(planId)
    this.#applied.set(planId, state.workId)
    return state
  }

  /** The renewal of this node, or its undo, that has not ended: so that a reloaded page finds it. */
  async underWay(target: NodeTarget): Promise<{ workId: string | null }> {
    const { config } = await inspect(target)
    const found = this.#works
      .underWay()
      .find(({ what }) => (what.what === 'renew' || what.what === 'renew-undo') && what.config === config)
    return { workId: found?.workId ?? null }
  }

  /** Begins to undo the newest renewal. Problem: `work_under_way`. */
  async undo(target: NodeTarget): Promise<WorkState> {
    const { home, config } = await inspect(target)
    return this.#works.begin({
      what: { what: 'renew-undo', home, config },
      destination: config,
      work: renewalUndoWork(target, config),
    })
  }
}
