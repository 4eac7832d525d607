import type { Words } from './catalogue.ts'
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
  readonly detail: string | null

  constructor(code: ProblemCode, words: Words, detail: string | null, cause?: unknown) {
    super(words.message, cause === undefined ? undefined : { cause })
    this.name = 'Problem'
    this.code = code
    this.remedy = words.remedy
    this.exit = words.exit
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

/** Whatever was thrown, as a problem: an abort becomes `cancelled`, anything unknown becomes `unexpected`. */
export function asProblem(thrown: unknown, signal?: AbortSignal): Problem {
  if (thrown instanceof Problem) return thrown
  if (signal?.aborted || (thrown instanceof Error && thrown.name === 'AbortError')) return problem('cancelled', {}, { cause: thrown })
  const what = thrown instanceof Error ? thrown.message : String(thrown)
  return problem('unexpected', { what }, { cause: thrown, ...(thrown instanceof Error && thrown.stack ? { detail: thrown.stack } : {}) })
}
