import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import type { Tally } from './tally.ts'

const vitest = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({
    name: z.string(),
    status: z.string(),
    assertionResults: z.array(z.object({
      status: z.string(),
      fullName: z.string(),
      failureMessages: z.array(z.string()).optional(),
    })),
  })),
})

/**
 * Vitest's JSON report (`--reporter=json`). A file that fails outside its tests (an import, a hook) is one failure.
 * A test that failed is a reason with its file and the beginning of its message: of a long log, people get the end.
 */
export function readVitestReport(text: string): Tally {
  const report = vitest.parse(JSON.parse(text))
  const tests = report.testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })))
  const passed = tests.filter((test) => test.status === 'passed').length
  const failed = tests.filter((test) => test.status === 'failed')
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed')
  const broken = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
  return {
    passed,
    failed: tests.length - passed + broken.length,
    reasons: [
      ...failed.map((test) => `failed: ${test.file}: ${test.fullName}${beginning(test.failureMessages ?? [])}`),
      ...skipped.map((test) => `skipped: ${test.fullName}`),
      ...broken.map((file) => `failed outside its tests: ${file.name}`),
    ],
  }
}

/** The first lines of what a test said when it failed, indented, in plain text. */
function beginning(messages: readonly string[]): string {
  return stripVTControlCharacters(messages.join('\n')).split('\n').slice(0, 20).map((line) => `\n    ${line.slice(0, 400)}`).join('')
}

const playwrightError = z.object({ message: z.string().optional() })
const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  ok: z.boolean(),
  tests: z.array(z.object({ results: z.array(z.object({ errors: z.array(playwrightError).optional() })) })),
})
interface PlaywrightSuite {
  readonly specs?: readonly z.infer<typeof playwrightSpec>[] | undefined
  readonly suites?: readonly PlaywrightSuite[] | undefined
}
const playwrightSuite: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({ specs: z.array(playwrightSpec).optional(), suites: z.array(playwrightSuite).optional() }))
const playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(playwrightError),
  suites: z.array(playwrightSuite).optional(),
})

/** Playwright's JSON report (`--reporter=json`). A test that passed only when repeated has failed. */
export function readPlaywrightReport(text: string): Tally {
  const { stats, errors, suites } = playwright.parse(JSON.parse(text))
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
    reasons: [
      ...(suites ?? []).flatMap(specsOf).filter((spec) => !spec.ok).map((spec) => `failed: ${spec.file}: ${spec.title}${beginning(spokenErrors(spec))}`),
      ...(stats.skipped === 0 ? [] : [`${stats.skipped} end-to-end tests were skipped`]),
      ...(stats.flaky === 0 ? [] : [`${stats.flaky} end-to-end tests passed only when repeated`]),
      ...errors.map((error) => `outside the tests: ${error.message ?? 'an error without words'}`),
    ],
  }
}

function specsOf(suite: PlaywrightSuite): z.infer<typeof playwrightSpec>[] {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
}

function spokenErrors(spec: z.infer<typeof playwrightSpec>): string[] {
  return spec.tests.flatMap(({ results }) => results).flatMap(({ errors }) => errors ?? []).map(({ message }) => message ?? '')
}
