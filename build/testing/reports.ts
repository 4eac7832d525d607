import { z } from 'zod'
import type { Tally } from './tally.ts'

const vitest = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) }),
  ),
})

/** Vitest's JSON report (`--reporter=json`). A file that fails outside its tests (an import, a hook) is one failure. */
export function readVitestReport(text: string): Tally {
  const report = vitest.parse(JSON.parse(text))
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const passed = tests.filter((test) => test.status === 'passed').length
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed')
  const broken = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
  return {
    passed,
    failed: tests.length - passed + broken.length,
    reasons: [
      ...skipped.map((test) => `skipped: ${test.fullName}`),
      ...broken.map((file) => `failed outside its tests: ${file.name}`),
    ],
  }
}

const playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.object({ message: z.string().optional() })),
})

/** Playwright's JSON report (`--reporter=json`). A test that passed only when repeated has failed. */
export function readPlaywrightReport(text: string): Tally {
  const { stats, errors } = playwright.parse(JSON.parse(text))
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
    reasons: [
      ...(stats.skipped === 0 ? [] : [`${stats.skipped} end-to-end tests were skipped`]),
      ...(stats.flaky === 0 ? [] : [`${stats.flaky} end-to-end tests passed only when repeated`]),
      ...errors.map((error) => `outside the tests: ${error.message ?? 'an error without words'}`),
    ],
  }
}
