import { randomUUID } from 'node:crypto'
import type { Progress } from '../../shared/contract/target.ts'
import type { WorkState, WorkWhat } from '../../shared/contract/work.ts'
import { tellProblem } from '../setup/tell-problem.ts'

/** What a piece of work leaves: a home, or what it did in sentences. */
export interface Outcome {
  readonly home?: string
  readonly sentences?: readonly string[]
}

/** The work itself. It settles only when nothing half-made is left, also after `signal` aborts. */
export type Work = (told: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void }) => Promise<Outcome>

/** A piece of work under way or done, as this process knows it. Watchers come and go; it stays. */
export class LiveWork {
  #state: WorkState
  readonly #watchers = new Set<() => void>()
  readonly #controller = new AbortController()
  /** settles (never rejects) when the work has ended, however */
  readonly done: Promise<void>

  constructor(what: WorkWhat, work: Work, now: number) {
    this.#state = { workId: randomUUID(), what, stage: 'underway', progress: null, home: null, sentences: [], problem: null, startedAt: now }
    this.done = this.#carryOut(work)
  }

  get state(): WorkState {
    return this.#state
  }

  get ended(): boolean {
    return this.#state.stage !== 'underway' && this.#state.stage !== 'cancelling'
  }

  /** Gives up, and waits until nothing half-made is left. Work that has ended is left as it is. */
  async cancel(): Promise<WorkState> {
    if (this.#state.stage === 'underway') {
      this.#update({ stage: 'cancelling' })
      this.#controller.abort()
    }
    await this.done
    return this.#state
  }

  /** The state now, then the newest one whenever the reader is ready, to the end of the work or until `signal` aborts. */
  async *watch(signal?: AbortSignal): AsyncGenerator<WorkState, void> {
    let wake = (): void => undefined
    const stir = (): void => wake()
    this.#watchers.add(stir)
    signal?.addEventListener('abort', stir)
    try {
      let told: WorkState | null = null
      for (;;) {
        if (signal?.aborted === true) return
        if (told !== this.#state) {
          told = this.#state
          yield told
        } else if (this.ended) return
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      signal?.removeEventListener('abort', stir)
      this.#watchers.delete(stir)
    }
  }

  async #carryOut(work: Work): Promise<void> {
    const { signal } = this.#controller
    try {
      const { home = null, sentences = [] } = await work({ signal, onProgress: (progress) => this.#update({ progress }) })
      this.#update({ stage: 'done', home, sentences: [...sentences] })
    } catch (thrown) {
      const problem = tellProblem(thrown, signal)
      this.#update({ stage: problem.code === 'cancelled' ? 'cancelled' : 'failed', problem })
    }
  }

  #update(change: Partial<WorkState>): void {
    this.#state = { ...this.#state, ...change }
    for (const stir of this.#watchers) stir()
  }
}
