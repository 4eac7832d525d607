import { expect, test } from 'vitest'
import { documentWith, type Run } from './document.ts'
import type { Measured } from './section.ts'

test('a part that is measured again replaces its older figures and keeps those of other parts and versions', () => {
  const pages = ['', of('8.16.6', 'token', 1), of('9.4.3', 'token', 2), of('9.4.3', 'paint', 3), of('9.4.3', 'token', 4)]
  const page = pages.reduce((before: string, run) => (typeof run === 'string' ? run : documentWith(before, run)), '')
  expect([...page.matchAll(/^##+ \S+ ?\S*/gm)].map(([line]) => line)).toEqual([
    '## Elasticsearch 9.4.3',
    '### token: Title',
    '### paint: Title',
    '## Elasticsearch 8.16.6',
    '### token: Title',
  ])
  expect([...page.matchAll(/^\| stock \| (\S+) ms/gm)].map(([, figure]) => figure)).toEqual(['4.0', '3.0', '1.0'])
})

test('what was not measured yet is named', () => {
  expect(documentWith('', of('9.4.3', 'token', 1))).toContain('Not measured yet: paint.')
  expect(documentWith(documentWith('', of('9.4.3', 'token', 1)), of('9.4.3', 'paint', 1))).not.toContain('Not measured')
})

test('figures of another machine stay beside those of this one, and each part names its own', () => {
  const elsewhere: Run = { ...of('9.4.3', 'paint', 7), machine: ['64 cores'] }
  const page = documentWith(documentWith('', of('9.4.3', 'token', 1)), elsewhere)
  expect([...page.matchAll(/^1970-01-01, 5 rounds.*; (\d+ cores)\.$/gm)].map(([, machine]) => machine)).toEqual(['2 cores', '64 cores'])
})

function of(version: string, name: string, figure: number): Run {
  const stock = { measure: { id: 'stock', what: 'stock', unit: 'ms' as const, take: async () => 0 }, figures: [figure], failure: null }
  const measured: Measured = { part: { name, title: 'Title', about: 'About.' }, taken: [stock], failure: null, rounds: 5, load: ['0.1', '0.2'] }
  return { version, date: new Date(0), machine: ['2 cores'], measured: [measured], parts: ['token', 'paint'] }
}
