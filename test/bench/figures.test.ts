import { expect, test } from 'vitest'
import { figureText, median, ratioText } from './figures.ts'

test('the median is the middle figure, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(() => median([])).toThrow('the median of nothing')
})

test('figures are told in the unit a person would choose', () => {
  expect([3.21, 87.6, 1234, 15_678].map((ms) => figureText(ms, 'ms'))).toEqual(['3.2 ms', '88 ms', '1.23 s', '15.7 s'])
  expect(figureText(87.12, 'MB')).toBe('87.1 MB')
})

test('a ratio far below one is told as a fraction', () => {
  expect([1.053, 0.4, 0.1, 0.02, 0.0083].map(ratioText)).toEqual(['1.05', '0.40', '0.10', '1/50', '1/120'])
})
