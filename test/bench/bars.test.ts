import { expect, test } from 'vitest'
import { barsOf } from './bars.ts'
import type { Taken } from './interleave.ts'

function taken(what: string, figures: number[]): Taken {
  return { measure: { id: what, what, unit: 'ms', take: async () => 0 }, figures, failure: null }
}

test('bars are as long as their medians, the longest as wide as all may be, and begin below each other', () => {
  expect(barsOf([taken('node 2', [900, 1000, 5000]), taken('node 10', [2000])])).toBe(
    ['```text', `node 2   ${'█'.repeat(24)} 1.00 s`, `node 10  ${'█'.repeat(48)} 2.00 s`, '```'].join('\n'),
  )
})

test('what is next to nothing still has a bar', () => {
  expect(barsOf([taken('small', [1]), taken('large', [100_000])])).toContain('small  █ 1.0 ms')
})
