import { expect, test } from 'vitest'
import { duration, roughDuration } from './duration.ts'

test.each([
  [-5, '0.0 s'],
  [40, '0.0 s'],
  [1250, '1.3 s'],
  [12_340, '12.3 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 00 s'],
  [60_000, '1 min 00 s'],
  [119_499, '1 min 59 s'],
  [119_500, '2 min 00 s'],
  [119_999, '2 min 00 s'],
  [125_000, '2 min 05 s'],
  [3_599_499, '59 min 59 s'],
  [3_599_500, '1 h 00 min'],
  [3_900_000, '1 h 05 min'],
  [7_199_999, '2 h 00 min'],
])('%d ms reads %s', (ms, words) => {
  expect(duration(ms)).toBe(words)
})

test('no duration under two hours has a unit that is full', () => {
  for (let ms = 0; ms < 7_200_000; ms += 49) expect(duration(ms)).not.toMatch(/\b60/)
})

test.each([
  [0, '1 s'],
  [58.2, '59 s'],
  [59.2, '1 min'],
  [802, '13 min'],
  [3569, '59 min'],
  [3571, '1 h 00 min'],
  [10_866, '3 h 01 min'],
])('%d s that are left read %s', (seconds, words) => {
  expect(roughDuration(seconds)).toBe(words)
})
