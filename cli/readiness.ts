import type { PreflightReport } from '../shared/contract/preflight.ts'
import { problem } from '../shared/problems/problem.ts'

/** Ends with `would_be_skipped` or `would_not_start`, with the reason and the remedy of the check that decides. */
export function insistOnReady(report: PreflightReport): void {
  if (report.verdict === 'ready') return
  const deciding = report.checks.find((check) => check.id === report.decidedBy)
  const known = { reason: report.reason ?? deciding?.detail ?? 'It did not say why.', remedy: deciding?.remedy ?? null }
  throw problem(report.verdict === 'skipped' ? 'would_be_skipped' : 'would_not_start', known)
}
