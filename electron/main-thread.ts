/** How often the main thread is looked at, in ms. */
const every = 10

export interface MainThread {
  /**
   * The longest it was away since the last time this was asked, in ms: by the clock, as somebody at the window feels it; and
   * the longest it was away by its own work, which tells a busy thread from a busy machine.
   */
  longestBlock(): { readonly clock: number; readonly work: number }
  /** Looks at it from now on, where it does not yet. */
  watch(): void
  /** Looks no more: an application that does nothing wakes nobody. */
  rest(): void
}

/** Watches how long the thread of the window is kept from it, at once and until it is to rest. Its timer does not keep the process alive. */
export function watchMainThread(): MainThread {
  let longest = { clock: 0, work: 0 }
  let before = { clock: performance.now(), work: workSoFar() }
  const look = (): void => {
    const now = { clock: performance.now(), work: workSoFar() }
    // The pause between two looks is none of it.
    const clock = now.clock - before.clock - every
    longest = { clock: Math.max(longest.clock, clock), work: Math.max(longest.work, Math.min(now.work - before.work, clock)) }
    before = now
  }
  let timer: NodeJS.Timeout | null = null
  const watch = (): void => {
    if (timer !== null) return
    before = { clock: performance.now(), work: workSoFar() }
    timer = setInterval(look, every)
    timer.unref()
  }
  watch()
  return {
    longestBlock() {
      if (timer !== null) look()
      const { clock, work } = longest
      longest = { clock: 0, work: 0 }
      return { clock: Math.round(clock), work: Math.round(work) }
    },
    watch,
    rest() {
      if (timer === null) return
      look()
      clearInterval(timer)
      timer = null
    },
  }
}

/** CPU time of this thread, in ms. */
function workSoFar(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
