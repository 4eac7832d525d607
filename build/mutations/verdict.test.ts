import { expect, test } from 'vitest'
import { readPlaywright, readVitest } from './failed-tests.ts'
import { verdictOf, whyNotSound } from './verdict.ts'

const passing = { passed: ['a guard holds'], failed: [], outside: [] }

test('a mutant is killed by a test that fails, or by the time limit, which is said', () => {
  expect(verdictOf({ ...passing, failed: ['it holds'] })).toEqual({ killed: true, sentence: 'killed by "it holds"' })
  expect(verdictOf('out of time')).toEqual({ killed: true, sentence: 'killed by the time limit' })
})

test('one that no test sees survives; one that breaks the tests, or lets none run, has shown nothing', () => {
  expect(verdictOf(passing)).toEqual({ killed: false, sentence: 'SURVIVES' })
  expect(verdictOf({ ...passing, outside: ['file.ts: SyntaxError'] }).killed).toBe(false)
  expect(verdictOf({ passed: [], failed: [], outside: [] }).killed).toBe(false)
})

test('tests that fail, are missing or do not end without a mutant are not sound', () => {
  expect(whyNotSound(passing, ['a guard holds'])).toBeNull()
  expect(whyNotSound({ ...passing, failed: ['another'] })).toContain('failed: another')
  expect(whyNotSound(passing, ['a title that was changed'])).toContain('did not pass: a title that was changed')
  expect(whyNotSound({ passed: [], failed: [], outside: [] })).toBe('none ran')
  expect(whyNotSound('out of time')).toContain('in time')
})

test('the reports of both runners are read', () => {
  const one = (name: string, status: string, ...tests: [string, string][]) => ({ name, status, message: 'no such module', assertionResults: tests.map(([fullName, status]) => ({ fullName, status })) })
  expect(readVitest(JSON.stringify({ testResults: [one('a.test.ts', 'failed', ['first', 'passed'], ['second', 'failed']), one('b.test.ts', 'failed')] }))).toEqual({ passed: ['first'], failed: ['second'], outside: ['b.test.ts: no such module'] })
  const specs = [{ title: 'first', ok: true }, { title: 'second', ok: false }]
  expect(readPlaywright(JSON.stringify({ suites: [{ specs }], errors: [{ message: 'no tests' }] }))).toEqual({ passed: ['first'], failed: ['second'], outside: ['no tests'] })
})
