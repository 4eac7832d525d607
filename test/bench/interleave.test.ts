import { expect, test } from 'vitest'
import { failureText, interleave } from './interleave.ts'
import type { Measure } from './part.ts'

test('every measure is taken once a round, each round beginning with another one', async () => {
  const order: string[] = []
  const taken = await interleave([counting('a', order), counting('b', order)], 3, () => undefined)
  expect(order.join('')).toBe('abbaab')
  expect(taken.map(({ figures }) => figures.length)).toEqual([3, 3])
})

test('a measure that fails is told with its reason, not asked again and never left out', async () => {
  const order: string[] = []
  const failing: Measure = { id: 'f', what: 'f', unit: 'ms', take: () => Promise.reject(new Error('exit 70 in /tmp/x/y')) }
  const taken = await interleave([counting('a', order), failing], 2, () => undefined)
  expect(taken[1]).toMatchObject({ figures: [], failure: 'exit 70 in …' })
  expect(taken[0]?.figures).toHaveLength(2)
})

test('a failure is one line', () => {
  expect(failureText(new Error('one\n  two'))).toBe('one two')
})

function counting(id: string, order: string[]): Measure {
  return {
    id,
    what: id,
    unit: 'ms',
    take: async () => {
      order.push(id)
      return order.length
    },
  }
}
