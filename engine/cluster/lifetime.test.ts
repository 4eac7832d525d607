import { expect, test } from 'vitest'
import { codeOf } from '../security/testing/code-of.ts'
import { lifetimeMs } from './lifetime.ts'

test.each([
  ['30d', 30 * 86_400_000],
  ['12h', 12 * 3_600_000],
  ['90m', 90 * 60_000],
  [' 1D ', 86_400_000],
])('%j is that many milliseconds', (text, ms) => {
  expect(lifetimeMs(text)).toBe(ms)
})

test.each(['', '0d', '30', 'd', '-1d', '1.5h', '30s', '3651d', '9999999d', 'never'])('%j is no lifetime', async (text) => {
  expect(await codeOf(() => lifetimeMs(text))).toBe('api_key_lifetime')
})
