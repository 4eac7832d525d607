import { expect, test } from 'vitest'
import { ago, inPairs, left, shortPath } from './figures.ts'
import { counted, firstSentence } from './sentences.ts'

test('an age is told roughly, and by its date once it is long ago', () => {
  const now = Date.UTC(2026, 4, 20, 12)
  expect([0, 5 * 60_000, 3 * 3_600_000, 26 * 3_600_000].map((before) => ago(now - before, now))).toEqual(['just now', '5 min ago', '3 h ago', 'yesterday'])
  expect(ago(Date.UTC(2025, 0, 2), now)).toBe('2025-01-02')
})

test('a fingerprint comes in pairs however it was written', () => {
  expect(inPairs('a1:b2:C3')).toEqual(['A1', 'B2', 'C3'])
  expect(inPairs('a1b2c3')).toEqual(['A1', 'B2', 'C3'])
})

test('the life of a token runs down to nothing and never below', () => {
  const token = { createdAt: 0, expiresAt: 1_800_000 }
  expect(left(token, 19_000)).toEqual({ clock: '29:41', part: 1_781_000 / 1_800_000, over: false })
  expect(left(token, 9_000_000)).toEqual({ clock: '0:00', part: 0, over: true })
})

test('a path below the home folder is written with a tilde, one that only begins alike is not', () => {
  expect(shortPath('/home/ana/es', '/home/ana', '/')).toBe('~/es')
  expect(shortPath('/home/anabel/es', '/home/ana', '/')).toBe('/home/anabel/es')
  expect(shortPath('/opt/es', '/', '/')).toBe('/opt/es')
})

test('the first sentence of a message is its title, versions and file names stay whole', () => {
  expect(firstSentence('Elasticsearch 7.17.1 is in elasticsearch.yml already. Security comes later.')).toEqual({
    first: 'Elasticsearch 7.17.1 is in elasticsearch.yml already',
    rest: 'Security comes later.',
  })
  expect(firstSentence('Cancelled.')).toEqual({ first: 'Cancelled', rest: '' })
})

test('one file is not files', () => {
  expect([counted(1, 'file'), counted(5, 'file'), counted(2, 'entry', 'entries')]).toEqual(['1 file', '5 files', '2 entries'])
})
