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
  expect(report.reasons).toHaveLength(5)
})

test('a test that failed is named at the end, with its file and what it said, without colours', () => {
  const failing = { status: 'failed', fullName: 'a node starts', failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m\n  at b.test.ts'] }
  const vitestText = JSON.stringify({ numTotalTests: 1, numPassedTests: 0, numFailedTests: 1,
    testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [failing] }] })
  expect(readVitestReport(vitestText).reasons).toEqual(['failed: b.test.ts: a node starts\n    expected 1 to be 2\n      at b.test.ts'])
  const spec = { title: 'a window opens', file: 'w.spec.ts', ok: false, tests: [{ results: [{ errors: [{ message: 'it did not' }] }] }] }
  const passed = { title: 'it closes', file: 'w.spec.ts', ok: true, tests: [{ results: [{ errors: [] }] }] }
  const playwrightText = JSON.stringify({ stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 }, errors: [],
    suites: [{ specs: [passed], suites: [{ specs: [spec] }] }] })
  expect(readPlaywrightReport(playwrightText).reasons).toEqual(['failed: w.spec.ts: a window opens\n    it did not'])
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
