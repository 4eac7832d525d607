import type { ProblemView } from '../../shared/contract/target.ts'
import { asProblem } from '../../shared/problems/problem.ts'

/** A problem as it crosses the contract; where `signal` has aborted, whatever broke off is `cancelled`. */
export function tellProblem(thrown: unknown, signal?: AbortSignal): ProblemView {
  const { code, message, remedy, detail, field } = asProblem(thrown, signal)
  return { code, message, remedy, detail, ...(field === undefined ? {} : { field }) }
}
