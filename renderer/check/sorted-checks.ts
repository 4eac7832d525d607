import type { Check, PreflightReport } from '../../shared/contract/preflight.ts'
import { isPartOfSetup } from '../../shared/part-of-setup.ts'
import { counted } from '../design/sentences.ts'

const order = ['blocks', 'skips', 'warning'] as const

/** What needs a decision, most pressing first and the deciding check before all; and what is fine. */
export function sortedChecks(report: PreflightReport): { open: Check[]; fine: Check[] } {
  const rank = (check: Check): number => (check.id === report.decidedBy ? -1 : order.indexOf(check.status as (typeof order)[number]))
  return {
    open: report.checks.filter((check) => !isFine(report, check)).toSorted((a, b) => rank(a) - rank(b)),
    fine: report.checks.filter((check) => isFine(report, check)),
  }
}

function isFine(report: PreflightReport, check: Check): boolean {
  return check.status === 'passed' || isPartOfSetup(report, check)
}

/** What Check leaves in the way: `14 checks passed`, `13 checks passed, 1 worth knowing`. */
export function checkLine(report: PreflightReport): string {
  const { open, fine } = sortedChecks(report)
  return `${counted(fine.length, 'check')} passed${open.length === 0 ? '' : `, ${open.length} worth knowing`}`
}
