import type { SetupState } from '../shared/contract/setup.ts'

/** ms each phase of a start took, and their `total`; empty where nothing was started. */
export function timingsOf(state: SetupState | null): Record<string, number> {
  const timings: Record<string, number> = {}
  if (state === null) return timings
  let last = state.startedAt
  for (const { id, ms, startedAt } of state.phases) {
    if (ms === null || startedAt === null) continue
    timings[id] = ms
    last = Math.max(last, startedAt + ms)
  }
  return { ...timings, total: last - state.startedAt }
}
