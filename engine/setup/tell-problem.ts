import type { ProblemView } from '../../shared/contract/target.ts'
import { asProblem } from '../../shared/problems/problem.ts'

/** A problem as it crosses the contract. */
export function tellProblem(thrown: unknown): ProblemView {
  const { code, message, remedy, detail } = asProblem(thrown)
  return { code, message, remedy, detail }
}
