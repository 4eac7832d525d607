import { setTimeout as wait } from 'node:timers/promises'
import { Problem, problem, type ProblemCode } from '../../shared/problems/problem.ts'

const usuallyEveryMs = 250

/** Asks again every `everyMs` (default 250), for `forMs` at most, while the answer is one of the problems `codes`: those that pass by themselves. An abort ends with `cancelled`. */
export async function untilNot<T>(codes: readonly ProblemCode[], ask: () => Promise<T>, how: { readonly forMs: number; readonly everyMs?: number; readonly signal?: AbortSignal | undefined }): Promise<T> {
  const deadline = Date.now() + how.forMs
  for (;;) {
    try {
      return await ask()
    } catch (thrown) {
      if (!(thrown instanceof Problem) || !codes.includes(thrown.code) || Date.now() > deadline) throw thrown
    }
    await wait(how.everyMs ?? usuallyEveryMs, undefined, how.signal === undefined ? {} : { signal: how.signal }).catch(() => {
      throw problem('cancelled', {})
    })
  }
}
