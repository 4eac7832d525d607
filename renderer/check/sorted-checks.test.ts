import { expect, test } from 'vitest'
import type { Check, PreflightReport } from '../../shared/contract/preflight.ts'
import { checkLine, sortedChecks } from './sorted-checks.ts'

const check = (id: string, status: Check['status']): Check => ({ id, title: id, status, detail: '', remedy: null })
const report = (decidedBy: string | null, ...checks: Check[]): PreflightReport => ({ verdict: 'skipped', reason: null, decidedBy, configured: false, checks })

test('what decides stands first, then what blocks, skips and warns; what is fine is kept apart', () => {
  const { open, fine } = sortedChecks(report('data', check('a', 'passed'), check('w', 'warning'), check('data', 'skips'), check('b', 'blocks')))
  expect(open.map(({ id }) => id)).toEqual(['data', 'b', 'w'])
  expect(fine.map(({ id }) => id)).toEqual(['a'])
})

test('the line in the way counts', () => {
  expect(checkLine(report(null, check('a', 'passed')))).toBe('1 check passed')
  expect(checkLine(report(null, check('a', 'passed'), check('b', 'passed'), check('w', 'warning')))).toBe('2 checks passed, 1 worth knowing')
})
