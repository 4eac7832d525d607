const times = 16

/**
 * How much more time of the processor `run` takes for a size sixteen times as large than sixteen times that of `size`: about 1 where its time is in proportion to the
 * size, 16 where it goes with its square. Of each the quickest of several runs counts. It is this thread's own time that is measured: others may be busy.
 */
export function growth(run: (size: number) => void, size: number): number {
  const quickest = { small: Infinity, large: Infinity }
  for (let turn = 0; turn < 4; turn++) {
    quickest.small = Math.min(quickest.small, timeOf(() => run(size)))
    quickest.large = Math.min(quickest.large, timeOf(() => run(size * times)))
  }
  // Below a millisecond the clock and the compiler are what is measured.
  return quickest.large / Math.max(quickest.small, 1) / times
}

/** Between the two, nearer to the second: collecting garbage costs large texts more than small ones. */
export const linearGrowth = 8

/** ms */
function timeOf(work: () => void): number {
  const begun = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(begun)
  return (user + system) / 1000
}
