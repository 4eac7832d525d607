import type { Installation } from '../../shared/contract/installation.ts'
import type { JoinAnswers, JoinPreview } from '../../shared/contract/join.ts'
import type { Credentials, PlanPreview, SetupAnswers, SetupState } from '../../shared/contract/setup.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { inspect } from '../installation/inspect.ts'
import { lockHome } from '../plan/lock.ts'
import { unfinishedProblem } from '../plan/unfinished.ts'
import { beginKeys, type KeyBatch } from '../security/keys.ts'
import { carryOutJoin } from './carry-out-join.ts'
import { carryOut } from './carry-out.ts'
import { draftFirstNode, type Draft } from './draft.ts'
import { draftJoin, type JoinDraft } from './join-draft.ts'
import { credentialsOf, handOver } from './hand-over.ts'
import { LiveSetup, type SetupKind } from './live-setup.ts'
import { refuseLockedTakeUp } from './refuse-locked.ts'
import { takeUp } from './take-up.ts'
import { runAsIs, runConfigured, type StartWishes } from './run-node.ts'
import { wayToStart } from './way-to-start.ts'

/** The set-ups of this process: drafts that are being read, and live ones. One a host. */
export class SetupDesk {
  readonly #drafts = new Map<string, Draft | JoinDraft>()
  /** how many plans were asked for */
  #turns = 0
  /** which of them is the newest of a config directory */
  readonly #newest = new Map<string, number>()
  readonly #live = new Map<string, LiveSetup>()
  /** what each plan that was applied has begun */
  readonly #applied = new Map<string, Promise<LiveSetup>>()
  readonly #listeners = new Set<(state: SetupState) => void>()

  /** Every change of a set-up from now on; gives the way to stop that. */
  onState(listener: (state: SetupState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What has not ended yet: it would be put back if the host ended now. */
  underWay(): SetupState[] {
    return [...this.#live.values()].filter(({ ended }) => !ended).map(({ state }) => state)
  }

  /**
   * Previews a first node. Earlier drafts of the same home are dropped; the keys of a first node are kept, since they do not depend on the answers.
   * Problems: those of `draftFirstNode`, and `no_such_plan` or `cancelled` where a newer plan was asked for meanwhile.
   */
  async plan(target: NodeTarget, answers: SetupAnswers, signal?: AbortSignal): Promise<PlanPreview> {
    const turn = ++this.#turns
    const draft = await draftFirstNode(target, answers, (config) => this.#makeNewest(config, turn, signal) ?? beginKeys())
    this.#drafts.set(draft.planId, draft)
    return draft.preview
  }

  /** Previews a node that joins a cluster. Earlier drafts of the same home are dropped. Problems: those of `draftJoin`, and as in `plan`. */
  async planJoin(wish: { readonly target: NodeTarget; readonly token: string; readonly answers: JoinAnswers }, signal: AbortSignal): Promise<JoinPreview> {
    const turn = ++this.#turns
    const draft = await draftJoin(wish, signal)
    try {
      this.#makeNewest(draft.installation.config, turn, signal)?.cancel()
    } catch (thrown) {
      draft.keys.cancel()
      throw thrown
    }
    this.#drafts.set(draft.planId, draft)
    return draft.preview
  }

  /** Only the plan of a home that was asked for last can be applied: it is the one on the screen. Drops the others, and gives the keys of a first node among them. */
  #makeNewest(config: string, turn: number, signal: AbortSignal | undefined): KeyBatch | null {
    if (signal?.aborted === true) throw problem('cancelled', {})
    if (turn < (this.#newest.get(config) ?? 0)) throw problem('no_such_plan', {})
    this.#newest.set(config, turn)
    let keys: KeyBatch | null = null
    for (const [id, draft] of this.#drafts) {
      if (draft.installation.config !== config) continue
      this.#drafts.delete(id)
      if (draft.kind === 'first-node') keys = draft.keys
      else draft.keys.cancel()
    }
    return keys
  }

  discard(planId: string): void {
    this.#drafts.get(planId)?.keys.cancel()
    this.#drafts.delete(planId)
  }

  /**
   * Begins what a draft says; asked for once more, by a page that did not hear the answer, it gives what was begun. Problems: `no_such_plan`, `busy`, and `changed_meanwhile` or
   * `port_taken` where the plan does not fit this machine any more.
   */
  async apply(planId: string): Promise<SetupState> {
    const begun = this.#applied.get(planId) ?? this.#applyDraft(planId)
    this.#applied.set(planId, begun)
    // What was refused (a busy home) can be tried again.
    begun.catch(() => this.#applied.delete(planId))
    return (await begun).state
  }

  async #applyDraft(planId: string): Promise<LiveSetup> {
    const draft = this.#drafts.get(planId)
    if (draft === undefined) throw problem('no_such_plan', {})
    await draft.verify()
    const live = await this.#begin(draft.target, draft.installation, draft.kind)
    this.#drafts.delete(planId)
    live.update({ facts: draft.facts, notes: [...draft.facts.portNotes] })
    live.done = draft.kind === 'joining' ? carryOutJoin(live, draft) : carryOut(live, draft)
    return live
  }

  /** Starts the node without configuring security. Problem: `busy`. */
  async startAsIs(target: NodeTarget, wishes: StartWishes): Promise<SetupState> {
    const installation = await inspect(target)
    const underWay = this.#begun(installation.config, 'as-is')
    if (underWay !== null) return underWay.state
    const live = await this.#begin(target, installation, 'as-is')
    live.done = runAsIs(live, installation, wishes)
    return live.state
  }

  /** Starts a configured node; `asIs` of its state is true where nothing but an answer can be proved. Problems: `busy`, those of `wayToStart`. */
  async start(target: NodeTarget, keystorePassword: Secret | undefined): Promise<SetupState> {
    const installation = await inspect(target)
    const way = await wayToStart(installation, keystorePassword ?? null)
    const underWay = this.#begun(installation.config, way.kind)
    if (underWay !== null) return underWay.state
    const live = await this.#begin(target, installation, way.kind)
    if (way.kind === 'as-is') live.update({ notes: [way.note] })
    live.done = way.kind === 'as-is' ? runAsIs(live, installation, { keystorePassword }) : runConfigured(live, installation, way.handover, keystorePassword ?? null)
    return live.state
  }

  /** Takes up a set-up that a dead process left. Problems: `busy`, that of other unfinished work, and those of the keystore of a node that has to be started again. */
  async resume(target: NodeTarget, answers: SetupAnswers | undefined): Promise<SetupState> {
    const installation = await inspect(target)
    const { config } = installation
    const left = installation.unfinished?.kind ?? null
    const kind = left === 'join' ? 'joining' : 'first-node'
    const underWay = this.#begun(config, kind)
    if (underWay !== null) return underWay.state
    if (left !== null && left !== 'join' && left !== 'first-node') throw unfinishedProblem(left, installation.home)
    await refuseLockedTakeUp(installation, answers?.keystorePassword === undefined ? null : new Secret(answers.keystorePassword))
    const live = await this.#begin(target, installation, kind)
    live.done = takeUp(live, answers)
    return live.state
  }

  /** Problem: `no_such_setup`. */
  live(setupId: string): LiveSetup {
    const live = this.#live.get(setupId)
    if (live === undefined) throw problem('no_such_setup', {})
    return live
  }

  /** Cancels, and waits until everything is put back. A set-up that has ended is left as it is. */
  async cancel(setupId: string): Promise<SetupState> {
    const live = this.live(setupId)
    if (!live.ended) {
      live.update({ stage: 'cancelling' })
      live.controller.abort()
      await live.done
    }
    return live.state
  }

  async credentials(setupId: string): Promise<Credentials> {
    return credentialsOf(this.live(setupId))
  }

  async handedOver(setupId: string): Promise<SetupState> {
    return handOver(this.live(setupId))
  }

  /**
   * Does `work` while nothing else is under way on this home, here or in another Firstnode. A set-up of this process that
   * has ended may still have the lock. A home that this account cannot write to is not locked. Problems: `wait_for_setup`,
   * `busy`.
   */
  async alone<T>({ config, home }: Installation, work: () => Promise<T>): Promise<T> {
    const live = [...this.#live.values()].find((one) => one.config === config && one.hasLock)
    if (live?.ended === false) throw problem('wait_for_setup', { home })
    const lock = live !== undefined ? null : await lockHome({ config }).catch(unlessUnwritable)
    try {
      return await work()
    } finally {
      await lock?.release()
    }
  }

  /** Lets go of a finished set-up of this home, so that it can be undone. Problem: `wait_for_setup` while one is at work. */
  async letGo(target: NodeTarget): Promise<void> {
    const { config, home } = await inspect(target)
    for (const [id, live] of this.#live) {
      if (live.config !== config) continue
      if (!live.ended) throw problem('wait_for_setup', { home })
      await live.unlock()
      this.#live.delete(id)
    }
  }

  /** The elastic user of this home has another password now: whoever asks the cluster through a set-up of this process asks with that. */
  renewPassword(config: string, password: Secret): void {
    for (const live of this.#live.values()) {
      const { handover } = live
      if (live.config === config && handover !== null && handover.password !== null) live.handover = { ...handover, password }
    }
  }

  /** The node of this home was started anew and answers on this port: whoever asks the cluster through a set-up of this process asks there. */
  movedTo(config: string, port: number): void {
    for (const live of this.#live.values()) {
      const { handover } = live
      if (live.config === config && handover !== null) live.handover = { ...handover, url: handover.url.replace(/:\d+$/, `:${port}`) }
    }
  }

  /** The elastic password of this home, where a set-up of this process has it; else null. */
  passwordOf(config: string): Secret | null {
    const live = [...this.#live.values()].findLast((one) => one.config === config && one.handover?.password != null)
    return live?.handover?.password ?? null
  }

  /** Ends with the host: what is being applied is put back; a node that answers stays, and its set-up can be taken up again. */
  async close(): Promise<void> {
    for (const id of this.#drafts.keys()) this.discard(id)
    await Promise.all([...this.#live.keys()].map((id) => this.cancel(id)))
    await Promise.all([...this.#live.values()].map((live) => live.unlock()))
  }

  /** The set-up of this home that a page began already and did not hear of: under way, or ready and not handed over yet. */
  #begun(config: string, kind: SetupKind): LiveSetup | null {
    return [...this.#live.values()].find((live) => live.config === config && live.kind === kind && (!live.ended || (kind === 'first-node' && live.state.stage === 'ready'))) ?? null
  }

  async #begin(target: NodeTarget, installation: Installation, kind: SetupKind): Promise<LiveSetup> {
    const lock = await lockHome({ config: installation.config })
    const live = new LiveSetup(target, installation.config, kind, Date.now(), lock, (state) => {
      for (const listener of this.#listeners) listener(state)
    })
    this.#live.set(live.state.setupId, live)
    return live
  }
}

function unlessUnwritable(thrown: unknown): null {
  if (thrown instanceof Problem && thrown.code === 'busy') throw thrown
  return null
}
