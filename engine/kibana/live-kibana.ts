import { randomUUID } from 'node:crypto'
import type { KibanaEvent, KibanaRun, KibanaTarget } from '../../shared/contract/kibana.ts'
import type { LogLine } from '../../shared/contract/setup.ts'
import { LogWatcher } from '../work/log-watcher.ts'

const logCap = 2000
const endStages: readonly KibanaRun['stage'][] = ['answering', 'stopped', 'failed']

/** A start of Kibana, as this process knows it. Pages come and go; it stays. */
export class LiveKibana {
  #state: KibanaRun
  readonly #log: LogLine[] = []
  #dropped = 0
  readonly #watchers = new Set<LogWatcher>()
  /** aborted to end it */
  readonly ending = new AbortController()
  /** aborted to follow it no longer: it goes on by itself */
  readonly leaving = new AbortController()
  /** settles (never rejects) when it answers, failed or was stopped */
  done: Promise<void> = Promise.resolve()

  constructor(target: KibanaTarget, url: string, now: number) {
    this.#state = { runId: randomUUID(), target, stage: 'starting', url, link: null, pid: null, logFile: null, problem: null, startedAt: now }
  }

  get state(): KibanaRun {
    return this.#state
  }

  get log(): readonly LogLine[] {
    return this.#log
  }

  get ended(): boolean {
    return endStages.includes(this.#state.stage)
  }

  update(change: Partial<KibanaRun>): void {
    this.#state = { ...this.#state, ...change }
    for (const watcher of this.#watchers) watcher.state()
  }

  addLog(lines: readonly LogLine[]): void {
    if (lines.length === 0) return
    this.#log.push(...lines)
    const over = Math.max(0, this.#log.length - logCap)
    this.#log.splice(0, over)
    this.#dropped += over
    for (const watcher of this.#watchers) watcher.log(lines, 0)
  }

  /** The state and the log so far, then every change, until it answers or has ended, or `signal` aborts. */
  async *watch(signal?: AbortSignal): AsyncGenerator<KibanaEvent, void> {
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
