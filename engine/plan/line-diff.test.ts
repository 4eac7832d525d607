import { expect, test } from 'vitest'
import { seeded } from '../../test/support/plan/random-plan.ts'
import { diffLines, patchLines } from './line-diff.ts'

const lines = (text: string): string[] => text.split('')

test('equal texts have no differences', () => {
  expect(diffLines(lines('abc'), lines('abc'))).toEqual([])
  expect(diffLines([], [])).toEqual([])
})

test('added, removed and replaced lines are told at their place', () => {
  expect(diffLines(lines('abc'), lines('abXc'))).toEqual([{ at: 2, removed: 0, added: ['X'] }])
  expect(diffLines(lines('abc'), lines('ac'))).toEqual([{ at: 1, removed: 1, added: [] }])
  expect(diffLines(lines('abc'), lines('aXYc'))).toEqual([{ at: 1, removed: 1, added: ['X', 'Y'] }])
  expect(diffLines([], lines('ab'))).toEqual([{ at: 0, removed: 0, added: ['a', 'b'] }])
  expect(diffLines(lines('ab'), [])).toEqual([{ at: 0, removed: 2, added: [] }])
})

test('changes far apart are told apart', () => {
  expect(diffLines(lines('abcdefgh'), lines('aXcdefYh'))).toEqual([
    { at: 1, removed: 1, added: ['X'] },
    { at: 6, removed: 1, added: ['Y'] },
  ])
})

test('the differences are as few as they can be, and patching with them gives the new text, for random texts', () => {
  const random = seeded(7)
  const text = (): string[] => Array.from({ length: Math.floor(random() * 12) }, () => 'abc'[Math.floor(random() * 3)] ?? 'a')
  for (let round = 0; round < 2000; round++) {
    const [old, now] = [text(), text()]
    const changes = diffLines(old, now)
    expect(patchLines(old, changes)).toEqual(now)
    const size = changes.reduce((sum, change) => sum + change.removed + change.added.length, 0)
    expect(size, `${old.join('')} → ${now.join('')}`).toBe(old.length + now.length - 2 * longestCommon(old, now))
  }
})

test('one line in a file of 500,000 is found without comparing all with all', () => {
  const old = Array.from({ length: 500_000 }, (_, index) => `line ${index}`)
  const now = old.with(250_000, 'another')
  const begin = performance.now()
  expect(diffLines(old, now)).toEqual([{ at: 250_000, removed: 1, added: ['another'] }])
  expect(performance.now() - begin).toBeLessThan(4000)
})

test('texts that have nothing in common are told as replaced whole, without searching for ever', () => {
  const old = Array.from({ length: 20_000 }, (_, index) => `old ${index}`)
  const now = Array.from({ length: 20_000 }, (_, index) => `new ${index}`)
  expect(diffLines(old, now)).toEqual([{ at: 0, removed: 20_000, added: now }])
})

/** The length of the longest common subsequence by the plain table. */
function longestCommon(one: readonly string[], other: readonly string[]): number {
  let row = Array.from({ length: other.length + 1 }, () => 0)
  for (const line of one) {
    const next = [0]
    for (const [index, against] of other.entries()) next.push(line === against ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0))
    row = next
  }
  return row.at(-1) ?? 0
}
