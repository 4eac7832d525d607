import type { Phase } from '../../shared/contract/setup.ts'
import type { Progress } from '../../shared/contract/target.ts'
import { duration } from '../../shared/duration.ts'
import type { Output } from '../io.ts'
import { LiveBlock } from './live-block.ts'
import { percentOf, workMeasure } from './measure.ts'
import type { ProgressView } from './progress.ts'
import type { Style } from './style.ts'
import { columnsOf, cut, padEnd, padStart, printable } from './text.ts'

const frameMs = 100

/** For a terminal: finished phases stay as lines, the present one ticks below them, over a bar. */
export class LiveProgress implements ProgressView {
  readonly #block: LiveBlock
  readonly #style: Style
  readonly #kept = new Set<string>()
  #phases: readonly Phase[] = []
  #work: { progress: Progress; since: number } | null = null
  #timer: ReturnType<typeof setInterval> | null = null
  #frame = 0

  constructor(output: Output, style: Style) {
    this.#block = new LiveBlock(output)
    this.#style = style
  }

  phases(phases: readonly Phase[]): void {
    this.#finishWork()
    this.#phases = phases
    const over = phases.filter((phase) => (phase.state === 'done' || phase.state === 'failed') && !this.#kept.has(phase.id))
    for (const phase of over) this.#kept.add(phase.id)
    this.#draw(over.map((phase) => this.#phaseLine(phase, Date.now())))
  }

  work(progress: Progress): void {
    const same = this.#work?.progress.text === progress.text
    if (!same) this.#finishWork()
    this.#work = { progress, since: same && this.#work !== null ? this.#work.since : Date.now() }
    this.#draw([])
  }

  note(text: string): void {
    this.#draw([`  ${printable(text)}`])
  }

  end(): void {
    this.#finishWork()
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.#phases = []
    this.#block.end()
  }

  #finishWork(): void {
    if (this.#work === null) return
    const { progress, since } = this.#work
    this.#work = null
    this.#draw([this.#line(this.#style.good(this.#style.signs.done), progress.text, workMeasure(progress, ''), Date.now() - since)])
  }

  #draw(kept: readonly string[]): void {
    this.#timer ??= setInterval(() => {
      this.#frame += 1
      this.#block.draw(this.#live())
    }, frameMs)
    this.#block.draw(this.#live(), kept)
  }

  #live(): string[] {
    const now = Date.now()
    const spinner = this.#style.accent(this.#style.signs.spinner[this.#frame % this.#style.signs.spinner.length] ?? '')
    if (this.#work !== null) {
      const { progress, since } = this.#work
      return [this.#line(spinner, progress.text, workMeasure(progress, ''), now - since), ...this.#bar(percentOf(progress), '')]
    }
    const running = this.#phases.find((phase) => phase.state === 'running')
    const done = this.#phases.filter((phase) => phase.state === 'done').length
    if (this.#phases.length === 0 || done === this.#phases.length) return []
    const first = this.#phases.find((phase) => phase.startedAt !== null)?.startedAt ?? now
    const line = running === undefined ? [] : [this.#phaseLine(running, now, spinner)]
    return [...line, ...this.#bar((done / this.#phases.length) * 100, `${done} of ${this.#phases.length}   ${duration(now - first)}`)]
  }

  #phaseLine(phase: Phase, now: number, sign?: string): string {
    const { signs, good, bad } = this.#style
    const mark = sign ?? (phase.state === 'failed' ? bad(signs.failed) : good(signs.done))
    return this.#line(mark, phase.title, phase.state === 'running' ? phase.detail : '', phase.ms ?? (phase.startedAt === null ? 0 : now - phase.startedAt))
  }

  /** `  ✓ Title                1.2 s   what it does`, cut to the width: the time always stays. */
  #line(sign: string, title: string, detail: string, ms: number): string {
    const time = padStart(duration(ms), 11)
    const titleRoom = Math.min(26, this.#block.columns - 4 - columnsOf(time))
    const name = padEnd(cut(printable(title), titleRoom), titleRoom)
    const rest = this.#block.columns - 4 - titleRoom - columnsOf(time) - 3
    const words = rest >= 12 && detail !== '' ? `   ${this.#style.dim(cut(printable(detail), rest))}` : ''
    return `  ${sign} ${name}${time}${words}`
  }

  /** The bar with its words behind it; without a known whole a piece that wanders. */
  #bar(percent: number | null, words: string): string[] {
    const { signs, accent, dim } = this.#style
    const width = Math.min(40, this.#block.columns - 6 - columnsOf(words))
    if (width < 5) return []
    const filled = percent === null ? 0 : Math.round((percent / 100) * width)
    const bar =
      percent === null
        ? Array.from({ length: width }, (_, index) => ((index - this.#frame) % width + width) % width < 6 ? accent(signs.filled) : dim(signs.empty)).join('')
        : accent(signs.filled.repeat(filled)) + dim(signs.empty.repeat(width - filled))
    return [`  ${bar}  ${dim(words)}`.trimEnd()]
  }
}
