import { expect, test } from 'vitest'
import { documentWith, runSection, type Run } from './document.ts'
import type { Measure } from './part.ts'

const part = { name: 'token', title: 'A token', about: 'Compared.' }

test('a goal is met or missed by the ratio of the medians, and only a missed one tells what limits it', () => {
  const section = runSection(runOf([taken('stock', [1000, 1100, 900]), taken('fast', [90, 100, 110], 0.1), taken('slow', [90, 100.1, 110], 0.1)]))
  expect(section).toContain('| fast | 100 ms | 90 ms – 110 ms | 0.10 | ≤ 0.10 of stock: met |')
  expect(section).toContain('| slow | 100 ms | 90 ms – 110 ms | 0.10 | ≤ 0.10 of stock: **missed** |')
  expect(section.match(/it is slow/g)).toHaveLength(1)
})

test('what failed stands in the table with its reason', () => {
  const failed = { ...taken('ours', [5], 0.1), failure: 'exit 1 | twice' }
  expect(runSection(runOf([taken('stock', [10]), failed]))).toContain(String.raw`| ours | **failed** | | | exit 1 \| twice |`)
  expect(runSection({ ...runOf([]), measured: [{ part, taken: [], failure: 'no Chromium' }] })).toContain('**Failed:** no Chromium')
})

test('a goal compared with what failed is missed', () => {
  const section = runSection(runOf([{ ...taken('stock', []), failure: 'gone' }, taken('ours', [5], 0.1)]))
  expect(section).toContain('≤ 0.10 of stock: **missed**')
  expect(section).toContain('What it is compared with failed.')
})

test('a run replaces the section of its version and keeps those of others', () => {
  const one = documentWith('', { ...runOf([taken('stock', [1])]), version: '8.16.6' })
  const two = documentWith(one, { ...runOf([taken('stock', [2])]), version: '9.4.3' })
  const three = documentWith(two, { ...runOf([taken('stock', [3])]), version: '9.4.3' })
  expect([...three.matchAll(/^## .*$/gm)].map(([line]) => line)).toEqual(['## Elasticsearch 9.4.3', '## Elasticsearch 8.16.6'])
  expect(three).toContain('| stock | 3.0 ms |')
  expect(three).not.toContain('| stock | 2.0 ms |')
  expect(three).toContain('| stock | 1.0 ms |')
})

function runOf(all: ReturnType<typeof taken>[]): Run {
  return { version: '9.4.3', date: new Date(0), runs: 5, machine: ['2 cores'], load: ['0.1', '0.2'], measured: [{ part, taken: all, failure: null }] }
}

function taken(id: string, figures: number[], most?: number) {
  const measure: Measure = { id, what: id, unit: 'ms', take: async () => 0, ...(most === undefined ? {} : { goals: [{ of: 'stock', most, limit: 'it is slow' }] }) }
  return { measure, figures, failure: null as string | null }
}
