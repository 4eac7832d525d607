import { expect, test } from 'vitest'
import { lifetimeWords, lifeWords } from './token-life.ts'

const minute = 60_000
const half = { madeAt: 0, expiresAt: 30 * minute }

test.each([
  [0, 'at most 30 more minutes; created just now'],
  [1, 'at most 29 more minutes; created 1 minute ago'],
  [29, 'at most 60 more seconds; created 29 minutes ago'],
  [31, 'it has most likely expired: it was created more than 30 minutes ago'],
])('of a token of %d minutes that nobody was asked about, the words say the longest it can live', (age, words) => {
  expect(lifeWords({ ...half, confirmed: false }, age * minute)).toBe(words)
})

test.each([
  ['five seconds', 5000, '5 more seconds; created just now'],
  ['one second', 1000, '1 more second; created just now'],
  ['half an hour', 30 * minute, '30 more minutes; created just now'],
  ['a day', 24 * 60 * minute, '24 h 00 min more; created just now'],
  ['no time', 0, 'it has expired'],
  ['no end', null, 'it does not expire; created just now'],
])('a token of which the cluster says that it lives for %s is told with that', (_, expiresAt, words) => {
  expect(lifeWords({ madeAt: 0, expiresAt, confirmed: true }, 0)).toBe(words)
})

test.each([
  [5000, '5 seconds'],
  [1_800_004, '30 minutes'],
  [86_400_000, '24 h 00 min'],
])('a lifetime of %d ms is told in whole units', (ms, words) => {
  expect(lifetimeWords(ms)).toBe(words)
})

test('a token that does not tell when it was made says just that', () => {
  expect(lifeWords({ madeAt: null, expiresAt: null, confirmed: false }, 0)).toContain('does not contain')
})
