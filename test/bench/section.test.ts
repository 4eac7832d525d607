import { expect, test } from 'vitest'
import type { Taken } from './interleave.ts'
import type { Measure } from './part.ts'
import { hasFailed, partSection, type Measured } from './section.ts'

const on = { date: new Date(0), machine: ['2 cores'] }

test('a goal is met or missed by the ratio of the medians, and only a missed one tells what limits it', () => {
  const section = text([taken('stock', [1000, 1100, 900]), taken('fast', [90, 100, 110], 0.1), taken('slow', [90, 100.1, 110], 0.1)])
  expect(section).toContain('| fast | 100 ms | 90 ms – 110 ms | 0.10 | ≤ 0.10 of stock: met |')
  expect(section).toContain('| slow | 100 ms | 90 ms – 110 ms | 0.10 | ≤ 0.10 of stock: **missed** |')
  expect(section.match(/it is slow/g)).toHaveLength(1)
})

test('what failed stands in the table with its reason', () => {
  const failed = { ...taken('ours', [5], 0.1), failure: 'exit 1 | twice' }
  expect(text([taken('stock', [10]), failed])).toContain(String.raw`| ours | **failed** | | | exit 1 \| twice |`)
  expect(hasFailed(measured([failed]))).toBe(true)
})

test('a part that could not be begun is told as failed', () => {
  const failed = { ...measured([]), failure: 'no Chromium' }
  expect(partSection(failed, on)).toContain('**Failed:** no Chromium')
  expect(hasFailed(failed)).toBe(true)
})

test('a goal compared with what failed is missed', () => {
  const section = text([{ ...taken('stock', []), failure: 'gone' }, taken('ours', [5], 0.1)])
  expect(section).toContain('≤ 0.10 of stock: **missed**')
  expect(section).toContain('What it is compared with failed.')
})

function text(all: Taken[]): string {
  return partSection(measured(all), on)
}

function measured(all: Taken[]): Measured {
  return { part: { name: 'token', title: 'A token', about: 'Compared.' }, taken: all, failure: null, rounds: 5, load: ['0.1', '0.2'] }
}

function taken(id: string, figures: number[], most?: number): Taken {
  const measure: Measure = { id, what: id, unit: 'ms', take: async () => 0, ...(most === undefined ? {} : { goals: [{ of: 'stock', most, limit: 'it is slow' }] }) }
  return { measure, figures, failure: null }
}
