import { expect, test } from 'vitest'
import { inPairs, labelled } from './labels.ts'
import { styleOf } from './style.ts'
import { columnsOf, cut, indented, printable, wrap } from './text.ts'

test.each([
  ['abc', 3],
  ['\u001b[31mabc\u001b[39m', 3],
  ['日本', 4],
  ['e\u0301', 1],
  ['🚀', 2],
  ['👩‍🚀', 2],
  ['ü', 1],
  ['', 0],
])('%j takes %i columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns)
})

test('a text is cut by what is seen, never through a character', () => {
  expect(cut('abcdef', 4)).toBe('abc…')
  expect(cut('日本語', 4)).toBe('日…')
  expect(cut('abc', 3)).toBe('abc')
})

test('prose is broken at spaces, long words stay whole', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three'])
  expect(wrap('a verylongword b', 5)).toEqual(['a', 'verylongword', 'b'])
  expect(indented('one two', '  ', 80)).toBe('  one two')
})

test('nothing from outside steers the terminal', () => {
  expect(printable('a\u001b[2Jb\u0007c\nd\u202ee')).toBe('a�[2Jb�c d�e')
})

test('labels are aligned and lines of one value stand below one another', () => {
  const style = styleOf({ write: () => true, on: () => undefined }, {}, 'linux')
  expect(labelled([['User', 'elastic'], ['CA fingerprint', ['AA:', 'BB']]], style)).toBe('  User             elastic\n  CA fingerprint   AA:\n                   BB')
})

test('a fingerprint stands in pairs, in two lines where one does not fit', () => {
  expect(inPairs('a1b2', 80)).toEqual(['A1:B2'])
  expect(inPairs('A1:B2', 80)).toEqual(['A1:B2'])
  expect(inPairs('ab'.repeat(32), 60).map((line) => line.length)).toEqual([48, 47])
})
