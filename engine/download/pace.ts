import type { Progress } from '../../shared/contract/target.ts'

const windowMs = 5000
const betweenMs = 100

/**
 * Tells how far bytes have come, at most ten times a second, with how many came in a second over the last five. `now` gives ms of a clock that only goes forward.
 */
export function paced(onProgress: (progress: Progress) => void, now: () => number = () => performance.now()): (text: string, done: number, total: number | null) => void {
  let samples: { at: number; done: number }[] = []
  let text = ''
  let told = Number.NEGATIVE_INFINITY
  return (what, done, total) => {
    const at = now()
    const before = samples.at(-1)
    if (what !== text || (before !== undefined && done < before.done)) {
      samples = []
      text = what
      told = Number.NEGATIVE_INFINITY
    }
    const isLast = done === total
    if (at - told < betweenMs && !isLast) return
    told = at
    samples = [...samples.filter((sample) => at - sample.at <= windowMs), { at, done }]
    const first = samples[0] ?? { at, done }
    const ms = at - first.at
    // What a second can be told of lasted a good part of one.
    onProgress({ text: what, done, total, unit: 'bytes', ...(ms < 300 ? {} : { perSecond: Math.round(((done - first.done) * 1000) / ms) }) })
  }
}
