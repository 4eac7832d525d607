import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

test('a secret is masked wherever it is printed, and revealed only on demand', () => {
  const secret = new Secret('hunter2')
  const ways = [String(secret), `${secret}`, JSON.stringify({ secret }), inspect({ deep: [secret] }), inspect(new Error(`${secret}`))]
  for (const way of ways) expect(way).not.toContain('hunter2')
  expect(Object.keys(secret)).toEqual([])
  expect(secret.reveal()).toBe('hunter2')
})
