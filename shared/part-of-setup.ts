import type { Check, PreflightReport } from './contract/preflight.ts'

/** A check of a home that is set up, which only says so: there is nothing to decide about it. */
export function isPartOfSetup({ configured }: Pick<PreflightReport, 'configured'>, check: Pick<Check, 'status' | 'remedy'>): boolean {
  return configured && check.status === 'skips' && check.remedy === null
}
