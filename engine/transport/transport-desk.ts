import { randomUUID } from 'node:crypto'
import type { OpeningPreview, TransportState } from '../../shared/contract/transport.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import type { WorkState } from '../../shared/contract/work.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { inspect } from '../installation/inspect.ts'
import type { SetupDesk } from '../setup/setup-desk.ts'
import type { WorkDesk } from '../work/work-desk.ts'
import { openingWork, type OnRestarted } from './carry-out-opening.ts'
import { closingWork } from './closing.ts'
import { lookAtTransport } from './look.ts'
import { draftOpening, type Opening } from './opening.ts'

/** Openings of transport that were previewed in this process, and the work that came of them. One a host. */
export class TransportDesk {
  readonly #desk: SetupDesk
  readonly #works: WorkDesk
  readonly #drafts = new Map<string, Opening>()
  /** the newest work of each config directory */
  readonly #begun = new Map<string, string>()
  /** what each plan that was applied has begun */
  readonly #applied = new Map<string, string>()

  constructor(desk: SetupDesk, works: WorkDesk) {
    this.#desk = desk
    this.#works = works
  }

  async look(target: NodeTarget): Promise<TransportState> {
    const { config, ...state } = await lookAtTransport(target)
    const workId = this.#begun.get(config)
    return { ...state, workId: workId !== undefined && !this.#works.live(workId).ended ? workId : null }
  }

  /** Previews an opening; an earlier preview of the same home is dropped. Problems: those of `draftOpening`. */
  async preview(target: NodeTarget, hosts: string, keystorePassword: Secret | undefined): Promise<OpeningPreview> {
    const opening = await draftOpening(target, hosts, keystorePassword ?? null)
    for (const [id, { installation }] of this.#drafts) if (installation.config === opening.installation.config) this.#drafts.delete(id)
    const refused = opening.preview.checks.some(({ status }) => status === 'blocks')
    if (refused || opening.plan.changes.length === 0) return { planId: null, ...opening.preview }
    const planId = randomUUID()
    this.#drafts.set(planId, opening)
    return { planId, ...opening.preview }
  }

  /**
   * Begins what was previewed; asked for once more, by a page that did not hear the answer, it gives what was begun. `password`: of the elastic user, for the health; a live
   * set-up of this host knows it. Problems: `no_such_plan`, `work_under_way`.
   */
  async open(planId: string, password: Secret | undefined): Promise<WorkState> {
    const begun = this.#applied.get(planId)
    if (begun !== undefined) return this.#works.live(begun).state
    const opening = this.#drafts.get(planId)
    if (opening === undefined) throw problem('no_such_plan', {})
    const { home, config } = opening.installation
    const work = openingWork(opening, password ?? this.#desk.passwordOf(config), this.#onRestarted)
    const state = await this.#works.begin({ what: { what: 'open', home, config, hosts: [...opening.hosts] }, destination: config, work })
    this.#drafts.delete(planId)
    this.#applied.set(planId, state.workId)
    this.#begun.set(config, state.workId)
    return state
  }

  /** Begins to put back what was opened. Problem: `work_under_way`. */
  async close(target: NodeTarget, password: Secret | undefined, keystorePassword: Secret | undefined): Promise<WorkState> {
    const { home, config } = await inspect(target)
    const given = { password: password ?? this.#desk.passwordOf(config), keystorePassword: keystorePassword ?? null }
    const state = await this.#works.begin({ what: { what: 'close', home, config }, destination: config, work: closingWork(target, config, given, this.#onRestarted) })
    this.#begun.set(config, state.workId)
    return state
  }

  /** An unnamed port may be another one now. */
  readonly #onRestarted: OnRestarted = ({ config }, { httpPort }) => {
    if (httpPort !== null) this.#desk.movedTo(config, httpPort)
  }
}
