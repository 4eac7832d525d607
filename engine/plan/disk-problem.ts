import { fileProblem, Problem, problem } from '../../shared/problems/problem.ts'
import { whyUnreadable } from '../system/why-unreadable.ts'

/** What a failed call to the file system means to a person, in words. `path` is the file it was about; anything that is a problem already stays it. */
export function diskProblem(thrown: unknown, path: string): Problem {
  if (thrown instanceof Problem) return thrown
  return fileProblem(thrown, path) ?? problem('write_failed', { path, why: whyUnreadable(thrown) }, { detail: String(thrown), cause: thrown })
}

/** The system's code (`ENOENT`) of a failed call, also where it was told as a problem already. */
export function codeOf(thrown: unknown): string | null {
  if (thrown instanceof Problem) return codeOf(thrown.cause)
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null
}

/** Whether a call failed since nothing stands there, or something on the way is no folder. */
export const isMissing = (thrown: unknown): boolean => ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(thrown) ?? '')
