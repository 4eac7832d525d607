/** Time as a parameter. */
export interface Clock {
  /** ms since 1970 */
  now(): number
  /** Does `work` in `ms`; gives the way to call it off. */
  later(ms: number, work: () => void): () => void
}

export const realClock: Clock = {
  now: () => Date.now(),
  later(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}
