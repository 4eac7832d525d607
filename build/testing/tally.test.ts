import { expect, test } from 'vitest'
import { readPlaywrightReport, readVitestReport } from './reports.ts'
import { add, judge, lastLine, yesOrNo } from './tally.ts'

const vitestReport = (...files: { name: string; status: string; tests: string[] }[]) =>
  JSON.stringify({
    numTotalTests: 0,
    numPassedTests: 0,
    numFailedTests: 0,
    testResults: files.map(({ name, status, tests }) => ({ name, status, assertionResults: tests.map((one) => ({ status: one, fullName: `${name} ${one}` })) })),
  })
const playwrightReport = (stats: object, errors: object[] = []) =>
  JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors })

test('only what ran and passed is counted as passed', () => {
  const report = readVitestReport(vitestReport({ name: 'a', status: 'failed', tests: ['passed', 'failed', 'skipped', 'pending', 'todo', 'disabled'] }))
  expect(report).toMatchObject({ passed: 1, failed: 5 })
  expect(report.reasons).toHaveLength(4)
})

test('a file that breaks before or outside its tests is a failure', () => {
  const report = readVitestReport(vitestReport({ name: 'a', status: 'failed', tests: [] }, { name: 'b', status: 'failed', tests: ['passed'] }))
  expect(report).toMatchObject({ passed: 1, failed: 2 })
})

test('in the browser as well, skipped and flaky tests and errors outside tests are failures', () => {
  expect(readPlaywrightReport(playwrightReport({ expected: 4, unexpected: 1, flaky: 2, skipped: 3 }, [{ message: 'x' }]))).toMatchObject({ passed: 4, failed: 7 })
})

test('a runner that says nothing, runs nothing or ends badly has failed', () => {
  const green = { passed: 3, failed: 0, reasons: [] }
  expect(judge('unit', 0, green)).toEqual(green)
  expect(judge('unit', 0, null).failed).toBe(1)
  expect(judge('unit', 0, { passed: 0, failed: 0, reasons: [] }).failed).toBe(1)
  expect(judge('unit', 1, green)).toMatchObject({ passed: 3, failed: 1 })
  expect(judge('unit', 1, { passed: 3, failed: 2, reasons: [] })).toMatchObject({ passed: 3, failed: 2 })
})

test('everything is added up into one line', () => {
  const sum = [yesOrNo(0), yesOrNo(2), { passed: 40, failed: 0, reasons: [] }].reduce(add)
  expect(lastLine(sum)).toBe('41 passed, 1 failed')
})
