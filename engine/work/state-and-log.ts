import type { LogLine } from '../../shared/contract/setup.ts'
import { LogWatcher } from './log-watcher.ts'

const logCap = 2000

/** What a watcher is told: the newest state, or lines of the log and how many before them it was too slow for. */
export type Told<S> = { readonly type: 'state'; readonly state: S } | { readonly type: 'log'; readonly lines: LogLine[]; readonly dropped: number }

/** The state and the log of something that goes on, told to whoever watches. Watchers come and go; it stays. */
export class StateAndLog<S> {
  #state: S
  readonly #hasEnded: (state: S) => boolean
  readonly #log: LogLine[] = []
  #dropped = 0
  readonly #watchers = new Set<LogWatcher>()

  constructor(state: S, hasEnded: (state: S) => boolean) {
    this.#state = state
    this.#hasEnded = hasEnded
  }

  get state(): S {
    return this.#state
  }

  get log(): readonly LogLine[] {
    return this.#log
  }

  get ended(): boolean {
    return this.#hasEnded(this.#state)
  }

  update(change: Partial<S>): void {
    this.#state = { ...this.#state, ...change }
    for (const watcher of this.#watchers) watcher.state()
  }

  add(lines: readonly LogLine[], dropped = 0): void {
    if (lines.length === 0 && dropped === 0) return
    this.#log.push(...lines)
    const over = Math.max(0, this.#log.length - logCap)
    this.#log.splice(0, over)
    this.#dropped += dropped + over
    for (const watcher of this.#watchers) watcher.log(lines, dropped)
  }

  /** Tells a line once more, changed: it takes the place of the newest that says the same. */
  tellAgain(line: LogLine): void {
    const index = this.#log.findLastIndex(({ at, text }) => at === line.at && text === line.text)
    if (index >= 0) this.#log[index] = line
    for (const watcher of this.#watchers) watcher.log([line], 0)
  }

  /** The state and the log so far, then every change, until it has ended or `signal` aborts. */
  async *watch(signal?: AbortSignal): AsyncGenerator<Told<S>, void> {
    const watcher = new LogWatcher()
    this.#watchers.add(watcher)
    const wake = (): void => watcher.wake()
    signal?.addEventListener('abort', wake)
    try {
      const soFar = { lines: [...this.#log], dropped: this.#dropped }
      yield { type: 'state', state: this.#state }
      if (soFar.lines.length > 0) yield { type: 'log', ...soFar }
      for (;;) {
        if (signal?.aborted === true) return
        const lines = watcher.takeLines()
        if (lines !== null) yield { type: 'log', ...lines }
        if (watcher.takeState()) yield { type: 'state', state: this.#state }
        else if (this.ended && !watcher.pending) return
        if (!watcher.pending && !this.ended) await watcher.awaken()
      }
    } finally {
      signal?.removeEventListener('abort', wake)
      this.#watchers.delete(watcher)
    }
  }
}
