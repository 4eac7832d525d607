/** What a part of `npm test` came to. `failed` counts everything that did not pass: skipped, flaky and never run as well. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  /** why tests count as failed that no runner lists as such */
  readonly reasons: readonly string[]
}

export const nothing: Tally = { passed: 0, failed: 0, reasons: [] }

/** A check that only says yes or no. */
export function yesOrNo(status: number): Tally {
  return status === 0 ? { passed: 1, failed: 0, reasons: [] } : { passed: 0, failed: 1, reasons: [] }
}

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, reasons: [...a.reasons, ...b.reasons] }
}

/**
 * A runner's report and its exit status must tell the same story: one that ends badly although no test failed, or that ran
 * none, has failed once more. `report` is null where it wrote none that can be read.
 */
export function judge(name: string, status: number, report: Tally | null): Tally {
  if (report === null) return { passed: 0, failed: 1, reasons: [`${name} left no report (status ${status})`] }
  if (report.passed + report.failed === 0) return { passed: 0, failed: 1, reasons: [...report.reasons, `${name} ran no test`] }
  if (status !== 0 && report.failed === 0) return add(report, { passed: 0, failed: 1, reasons: [`${name} ended with status ${status} although no test failed`] })
  return report
}

/** The one line that `npm test` ends with. */
export function lastLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`
}
