import type { Words } from './catalogue.ts'
import { certificateProblems } from './certificates.ts'
import { cliProblems } from './cli.ts'
import { clientProblems } from './clients.ts'
import { clusterProblems } from './cluster.ts'
import { downloadProblems } from './download.ts'
import { enrollProblems } from './enroll.ts'
import { generalProblems } from './general.ts'
import { handoutProblems } from './handout.ts'
import { hostProblems } from './host.ts'
import { installationProblems } from './installation.ts'
import { kibanaProblems } from './kibana.ts'
import { nodeProblems } from './node.ts'
import { planProblems } from './plan.ts'
import { preflightProblems } from './preflight.ts'
import { securityProblems } from './security.ts'
import { setupProblems } from './setup.ts'
import { tokenProblems } from './token.ts'
import { transportProblems } from './transport.ts'

/** Every problem a person can meet, by its code. Each room keeps its own file beside this one. */
export const problems = {
  ...generalProblems,
  ...installationProblems,
  ...preflightProblems,
  ...securityProblems,
  ...certificateProblems,
  ...planProblems,
  ...setupProblems,
  ...nodeProblems,
  ...clusterProblems,
  ...clientProblems,
  ...downloadProblems,
  ...enrollProblems,
  ...tokenProblems,
  ...hostProblems,
  ...cliProblems,
  ...kibanaProblems,
  ...transportProblems,
  ...handoutProblems,
}

export type ProblemCode = keyof typeof problems
type Known<C extends ProblemCode> = Parameters<(typeof problems)[C]>[0]

/** An error a person can act on: its code, what happened, what to do, and technical detail that may be folded away. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly remedy: string
  readonly exit: Words['exit']
  readonly field: Words['field']
  readonly detail: string | null

  constructor(code: ProblemCode, words: Words, detail: string | null, cause?: unknown) {
    super(words.message, cause === undefined ? undefined : { cause })
    this.name = 'Problem'
    this.code = code
    this.remedy = words.remedy
    this.exit = words.exit
    this.field = words.field
    this.detail = detail
  }
}

/** Makes the problem `code` from what is known; `detail` (no secrets) is shown folded, `cause` is for the log. */
export function problem<C extends ProblemCode>(
  code: C,
  known: Known<C>,
  more: { detail?: string; cause?: unknown } = {},
): Problem {
  const words = (problems[code] as (known: Known<C>) => Words)(known)
  return new Problem(code, words, more.detail ?? null, more.cause)
}

/**
 * What a failed call to the file system means to a person. `path`: the file it was about, as the person knows it. Null where `thrown` is no such failure. The codes are those of
 * POSIX (`open(2)`, `rename(2)`, `write(2)`), which Node uses on every system.
 */
export function fileProblem(thrown: unknown, path: string): Problem | null {
  const code = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null
  if (code === null) return null
  const more = { detail: `${code} at ${path}`, cause: thrown }
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return problem('write_disk_full', { path }, more)
    case 'EROFS':
      return problem('write_read_only', { path }, more)
    case 'EACCES':
    case 'EPERM':
      return problem('write_refused', { path, why: 'the system denies access to it' }, more)
    case 'EIO':
    case 'ENXIO':
    case 'ESTALE':
      return problem('disk_failed', { path, why: code }, more)
    case 'EMFILE':
    case 'ENFILE':
      return problem('too_many_open_files', { path }, more)
    case 'EBUSY':
    case 'ETXTBSY':
      return problem('file_in_use', { path }, more)
    case 'ENAMETOOLONG':
      return problem('name_too_long', { path }, more)
    case 'ELOOP':
      return problem('too_many_links', { path }, more)
    case 'ENOENT':
      return problem('file_missing', { path }, more)
    case 'ENOTDIR':
      return problem('not_a_folder', { path }, more)
    case 'EEXIST':
    case 'ENOTEMPTY':
      return problem('changed_meanwhile', { path }, more)
    default:
      return problem('write_failed', { path, why: code }, more)
  }
}

/** The calls of which `fileProblem` speaks, as Node names them in an error. */
const fileCalls = new Set(
  'access chmod chown close copyfile fchmod fchown fdatasync fstat fsync ftruncate futime lchown link lstat lutime mkdir mkdtemp open opendir read readlink realpath rename rmdir scandir stat symlink unlink utime write'.split(' '),
)

/** Whatever was thrown, as a problem: an abort becomes `cancelled`, a failed call to the file system what that means, anything unknown becomes `unexpected`. */
export function asProblem(thrown: unknown, signal?: AbortSignal): Problem {
  if (thrown instanceof Problem) return thrown
  if (signal?.aborted || (thrown instanceof Error && thrown.name === 'AbortError')) return problem('cancelled', {}, { cause: thrown })
  const known = thrown instanceof Error && 'syscall' in thrown && fileCalls.has(String(thrown.syscall)) ? fileProblem(thrown, pathOf(thrown)) : null
  if (known !== null) return known
  const what = thrown instanceof Error ? thrown.message : String(thrown)
  return problem('unexpected', { what }, { cause: thrown, ...(thrown instanceof Error && thrown.stack ? { detail: thrown.stack } : {}) })
}

/** Names relative to a descriptor mean nothing to a person: of those the last part is told. */
function pathOf(thrown: Error): string {
  const path = 'path' in thrown && typeof thrown.path === 'string' ? thrown.path : 'a file'
  return path.replace(/^\/proc\/self\/fd\/\d+\/?/, '') || 'a folder'
}
