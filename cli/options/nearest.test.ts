import { expect, test } from 'vitest'
import { editDistance, nearest } from './nearest.ts'

test.each([
  ['', '', 0],
  ['up', 'up', 0],
  ['pu', 'up', 1],
  ['chek', 'check', 1],
  ['kitten', 'sitting', 3],
])('from %j to %j it is %i', (one, other, distance) => {
  expect(editDistance(one, other)).toBe(distance)
})

test('a slip finds its name, anything else finds none', () => {
  const names = ['check', 'status', 'start', 'stop', 'show']
  expect(nearest('chekc', names)).toBe('check')
  expect(nearest('stauts', names)).toBe('status')
  expect(nearest('chec', names)).toBe('check')
  expect(nearest('zebra', names)).toBeNull()
  expect(nearest('x', names)).toBeNull()
})
