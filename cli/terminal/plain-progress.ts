import type { Phase } from '../../shared/contract/setup.ts'
import type { Progress } from '../../shared/contract/target.ts'
import { duration } from '../../shared/duration.ts'
import type { Output } from '../io.ts'
import { said } from '../output.ts'
import { percentOf, workMeasure } from './measure.ts'
import type { ProgressView } from './progress.ts'
import { printable } from './text.ts'

// `12 min 34 s`, the longest start anybody waits for.
const room = 11

/** For logs and files: a line when a phase begins (with the time since the first), and every tenth of long work. */
export class PlainProgress implements ProgressView {
  readonly #output: Output
  readonly #told = new Set<string>()
  #work = ''

  constructor(output: Output) {
    this.#output = output
  }

  phases(phases: readonly Phase[]): void {
    const first = phases.find((phase) => phase.startedAt !== null)?.startedAt ?? 0
    for (const phase of phases) {
      if (phase.startedAt !== null && this.#once(`${phase.id} began`)) {
        this.#say(`${duration(phase.startedAt - first).padStart(room)}  ${phase.title}`)
      }
      if (phase.state === 'failed' && this.#once(`${phase.id} failed`)) {
        this.#say(`${''.padStart(room)}  failed after ${duration(phase.ms ?? 0)}`)
      }
    }
  }

  work(progress: Progress): void {
    const tenth = Math.floor((percentOf(progress) ?? 0) / 10)
    const line = `${progress.text} ${tenth}`
    if (line === this.#work) return
    this.#work = line
    this.#say(`${progress.text}${workMeasure(progress, ': ')}`)
  }

  note(text: string): void {
    this.#say(text)
  }

  end(): void {
    this.#work = ''
  }

  #once(what: string): boolean {
    if (this.#told.has(what)) return false
    this.#told.add(what)
    return true
  }

  #say(text: string): void {
    said(this.#output, `${printable(text)}\n`)
  }
}
