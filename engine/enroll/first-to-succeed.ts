import { setTimeout as wait } from 'node:timers/promises'

/**
 * Tries `candidates` in order until one succeeds: the next begins when one fails, or `afterMs` after the last one began, beside it. The others are
 * then told to give up. Null where all failed, or `signal` aborted.
 */
export async function firstToSucceed<C, T>(
  candidates: readonly C[],
  afterMs: number,
  signal: AbortSignal,
  attempt: (candidate: C, signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const controller = new AbortController()
  const giveUp = AbortSignal.any([signal, controller.signal])
  const givenUp = aborted(giveUp)
  const waiting = [...candidates]
  const running = new Set<Promise<void>>()
  const found: T[] = []
  const begin = (candidate: C): void => {
    const one = attempt(candidate, giveUp).then(
      (value) => void found.push(value),
      () => undefined,
    )
    const tracked = one.finally(() => running.delete(tracked))
    running.add(tracked)
  }
  while (found.length === 0 && !signal.aborted && (waiting.length > 0 || running.size > 0)) {
    const next = waiting.shift()
    if (next !== undefined) begin(next)
    const moment = waiting.length > 0 ? [wait(afterMs, undefined, { signal: giveUp }).catch(() => undefined)] : []
    await Promise.race([...running, givenUp, ...moment])
  }
  controller.abort()
  await Promise.all(running)
  return found[0] ?? null
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })))
}
