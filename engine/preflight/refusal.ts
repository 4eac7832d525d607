import type { PreflightReport } from '../../shared/contract/preflight.ts'
import { Problem, problems, type ProblemCode } from '../../shared/problems/problem.ts'

/**
 * The problem that a set-up refused by this report ends with: the one behind the deciding check where it has a code of its own
 * (`settings_no_yaml`, `keystore_locked`, …), else `blocked` or `skipped`. Null where the report says `ready`.
 */
export function refusalOf(report: PreflightReport): Problem | null {
  const deciding = report.checks.find(({ id }) => id === report.decidedBy)
  if (deciding === undefined) return null
  const known = deciding.code ?? null
  const code: ProblemCode = known !== null && Object.hasOwn(problems, known) ? (known as ProblemCode) : report.verdict === 'blocked' ? 'blocked' : 'skipped'
  return new Problem(code, { exit: 3, message: deciding.detail, remedy: deciding.remedy ?? 'See `firstnode check` for all that was looked at.' }, null)
}
