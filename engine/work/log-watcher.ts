import type { LogLine } from '../../shared/contract/setup.ts'

const queueCap = 500

/** One reader of something that has a state and a log: states are coalesced to the newest, log lines capped, so a slow reader costs no memory. */
export class LogWatcher {
  #lines: LogLine[] = []
  #dropped = 0
  #changed = false
  #wake: (() => void) | null = null

  get pending(): boolean {
    return this.#changed || this.#lines.length > 0
  }

  state(): void {
    this.#changed = true
    this.wake()
  }

  log(lines: readonly LogLine[], dropped: number): void {
    this.#lines.push(...lines)
    const over = Math.max(0, this.#lines.length - queueCap)
    this.#lines.splice(0, over)
    this.#dropped += dropped + over
    this.wake()
  }

  takeLines(): { lines: LogLine[]; dropped: number } | null {
    if (this.#lines.length === 0) return null
    const taken = { lines: this.#lines, dropped: this.#dropped }
    this.#lines = []
    this.#dropped = 0
    return taken
  }

  takeState(): boolean {
    const changed = this.#changed
    this.#changed = false
    return changed
  }

  wake(): void {
    this.#wake?.()
    this.#wake = null
  }

  awaken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
