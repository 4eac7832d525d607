/** The error of a deadline, with the code that the system gives to a connection that is not answered. */
export function timedOut(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })
}

/**
 * Gives `work` at most `ms`: its signal aborts then, or with `signal`. A whole exchange needs that: a peer that sends a byte now
 * and then, or `103 Early Hints`, is never silent. Rejects with `timedOut` where the time was over, else as `work` does.
 */
export async function within<T>(ms: number, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(timedOut()), ms)
  try {
    return await work(signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]))
  } catch (thrown) {
    throw deadline.signal.aborted && !signal?.aborted ? deadline.signal.reason : thrown
  } finally {
    clearTimeout(timer)
  }
}
