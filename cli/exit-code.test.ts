import { expect, test } from 'vitest'
import { problems } from '../shared/problems/problem.ts'
import { exitMeanings, exitOf } from './exit-code.ts'

test('every problem of the catalogue has an exit code that --help explains', () => {
  const unexplained = Object.keys(problems).filter((code) => exitOf(code) <= 0 || exitMeanings[exitOf(code)] === undefined)
  expect(unexplained).toEqual([])
})

test('a code that nobody knows is a fault of ours', () => {
  expect(exitOf('no_such_code')).toBe(1)
  expect(exitOf('toString')).toBe(1)
  expect(exitOf('busy')).toBe(5)
})
