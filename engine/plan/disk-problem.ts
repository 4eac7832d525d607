import { Problem, problem } from '../../shared/problems/problem.ts'

/** What a failed call to the file system means to a person, in words. `path` is the file it was about; anything that is a problem already stays it. */
export function diskProblem(thrown: unknown, path: string): Problem {
  if (thrown instanceof Problem) return thrown
  const code = codeOf(thrown)
  const more = { detail: code === null ? String(thrown) : `${code} at ${path}`, cause: thrown }
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return problem('write_disk_full', { path }, more)
    case 'EROFS':
      return problem('write_read_only', { path }, more)
    case 'EACCES':
    case 'EPERM':
      return problem('write_refused', { path, why: 'the system does not permit it' }, more)
    case 'ENOENT':
      return problem('write_refused', { path, why: 'it is not there' }, more)
    case 'EEXIST':
      return problem('changed_meanwhile', { path }, more)
    default:
      return problem('write_failed', { path, why: code ?? (thrown instanceof Error ? thrown.message : String(thrown)) }, more)
  }
}

/** The system's code (`ENOENT`) of a failed call, also where it was told as a problem already. */
export function codeOf(thrown: unknown): string | null {
  if (thrown instanceof Problem) return codeOf(thrown.cause)
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null
}

/** Whether a call failed since nothing stands there, or something on the way is no folder. */
export const isMissing = (thrown: unknown): boolean => ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(thrown) ?? '')
