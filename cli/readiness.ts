import type { PreflightReport } from '../shared/contract/preflight.ts'
import type { NodeTarget } from '../shared/contract/target.ts'
import { problem } from '../shared/problems/problem.ts'

/** Ends with `skipped` or `blocked`, with the reason and the remedy of the check that decides; `asIs`: whether --as-is is a way out. */
export function insistOnReady(target: NodeTarget, report: PreflightReport, asIs: boolean): void {
  if (report.verdict === 'ready') return
  const deciding = report.checks.find((check) => check.id === report.decidedBy)
  const reason = report.reason ?? deciding?.detail ?? 'It did not say why.'
  const remedy = deciding?.remedy ?? 'See every check with: firstnode check'
  if (report.verdict === 'blocked') throw problem('blocked', { home: target.home, reason, remedy })
  const wayOut = asIs ? ' Or start the node as it is, without security being configured: --as-is' : ''
  throw problem('skipped', { home: target.home, reason, remedy: remedy + wayOut })
}
