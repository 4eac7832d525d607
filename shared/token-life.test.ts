import { expect, test } from 'vitest'
import { lifeWords } from './token-life.ts'

const minute = 60_000
const token = (age: number) => ({ madeAt: 0, expiresAt: 30 * minute, now: age * minute })

test.each([
  [0, 'about 30 more minutes; made just now'],
  [1, 'about 29 more minutes; made 1 minute ago'],
  [29, 'about 1 more minute; made 29 minutes ago'],
  [31, 'it has most likely expired: it was made more than 30 minutes ago'],
])('a token of %d minutes says how long it lives', (age, words) => {
  const { now, ...times } = token(age)
  expect(lifeWords(times, now)).toBe(words)
})

test('a token that does not tell when it was made says just that', () => {
  expect(lifeWords({ madeAt: null, expiresAt: null }, 0)).toContain('it does not say')
})
