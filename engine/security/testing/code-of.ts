import { Problem } from '../../../shared/problems/problem.ts'

/** The code of the problem that work ends with; `none` where it does not end with one. */
export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'none'
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown.code
    throw thrown
  }
}
