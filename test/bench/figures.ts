import type { Unit } from './part.ts'

/** The middle one, or the mean of the two in the middle. */
export function median(figures: readonly number[]): number {
  if (figures.length === 0) throw new Error('the median of nothing')
  const sorted = [...figures].sort((one, other) => one - other)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}

/** `850 ms`, `12.3 s`, `87.1 MB`. */
export function figureText(figure: number, unit: Unit): string {
  if (unit !== 'ms') return `${figure.toFixed(1)} ${unit}`
  if (figure >= 1000) return `${(figure / 1000).toFixed(figure >= 10_000 ? 1 : 2)} s`
  return `${figure.toFixed(figure < 10 ? 1 : 0)} ms`
}

/** `0.35`, and `1/120` for what is far below. */
export function ratioText(ratio: number): string {
  return ratio >= 0.0995 ? ratio.toFixed(2) : `1/${Math.round(1 / ratio)}`
}

/** `1.20–1.45 s` */
export function rangeText(figures: readonly number[], unit: Unit): string {
  return `${figureText(Math.min(...figures), unit)} – ${figureText(Math.max(...figures), unit)}`
}
