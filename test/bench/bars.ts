import { figureText, median } from './figures.ts'
import type { Taken } from './interleave.ts'

const longest = 48

/** Measures of one unit as bars of text, the longest median across the whole width; a fence around them keeps their letters below each other. */
export function barsOf(taken: readonly Taken[]): string {
  const rows = taken.map(({ measure, figures }) => ({ what: measure.what, middle: median(figures), text: figureText(median(figures), measure.unit) }))
  const most = Math.max(...rows.map(({ middle }) => middle))
  const wide = Math.max(...rows.map(({ what }) => what.length))
  const lines = rows.map(({ what, middle, text }) => `${what.padEnd(wide)}  ${'█'.repeat(Math.max(1, Math.round((middle / most) * longest)))} ${text}`)
  return ['```text', ...lines, '```'].join('\n')
}
