import { expect, test } from 'vitest'
import { asProblem, problem, Problem } from './problem.ts'

test('a problem carries its code, what happened and what to do', () => {
  const made = problem('busy', { home: '/es', pid: 7 })
  expect(made).toBeInstanceOf(Problem)
  expect(made).toMatchObject({ code: 'busy', exit: 5 })
  expect(made.message).toContain('/es')
  expect(made.remedy).not.toBe('')
})

test('an abort is told as cancelled, anything unknown as unexpected with its stack as detail', () => {
  const aborted = AbortSignal.abort()
  expect(asProblem(new Error('gone'), aborted).code).toBe('cancelled')
  const odd = asProblem(new Error('odd'))
  expect(odd.code).toBe('unexpected')
  expect(odd.detail).toContain('odd')
})
