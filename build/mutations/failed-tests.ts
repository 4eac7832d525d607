import { z } from 'zod'

/** What a runner's report says: which tests passed and which failed, by their titles, and what went wrong outside of any test. */
export interface Report {
  readonly passed: readonly string[]
  readonly failed: readonly string[]
  readonly outside: readonly string[]
}

const vitest = z.object({
  testResults: z.array(z.object({ name: z.string(), status: z.string(), message: z.string(), assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) })),
})

/** Of Vitest's JSON report. A file that fails without a test of it failing (an import, a hook) failed outside. */
export function readVitest(text: string): Report {
  const files = vitest.parse(JSON.parse(text)).testResults
  const tests = files.flatMap(({ assertionResults }) => assertionResults)
  const named = (status: string) => tests.filter((test) => test.status === status).map(({ fullName }) => fullName)
  const broken = files.filter((file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'))
  return { passed: named('passed'), failed: named('failed'), outside: broken.map(({ name, message }) => `${name}: ${message}`) }
}

const spec = z.object({ title: z.string(), ok: z.boolean() })
const playwright = z.object({
  suites: z.array(z.object({ specs: z.array(spec) })),
  errors: z.array(z.object({ message: z.string().optional() })),
})

/** Of Playwright's JSON report of files without groups of tests. */
export function readPlaywright(text: string): Report {
  const { suites, errors } = playwright.parse(JSON.parse(text))
  const specs = suites.flatMap(({ specs }) => specs)
  const named = (ok: boolean) => specs.filter((one) => one.ok === ok).map(({ title }) => title)
  return { passed: named(true), failed: named(false), outside: errors.map(({ message }) => message ?? 'an error without words') }
}
