import { problem } from '../shared/problems/problem.ts'

/** Rejects with `cancelled` once `signal` aborts: for waiting on something that does not listen to it. */
export function cancelledBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(problem('cancelled', {}))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

/** Calls `giveUp` once where the person stops the command, at once where that was before. Gives the way to stop listening. */
export function whenStopped(signal: AbortSignal, giveUp: () => void): () => void {
  if (signal.aborted) giveUp()
  else signal.addEventListener('abort', giveUp, { once: true })
  return () => signal.removeEventListener('abort', giveUp)
}
