import { expect, test } from 'vitest'
import { whatWasDropped } from './dropped.ts'

test('a folder may be a home, an archive is known by its name', () => {
  expect(whatWasDropped([{ name: 'elasticsearch-9.4.3', folder: true }])).toBe('home')
  expect(whatWasDropped([{ name: 'backup.zip', folder: true }])).toBe('home')
  for (const name of ['elasticsearch-9.4.3-linux-x86_64.tar.gz', 'ES.TGZ', 'es.zip']) expect(whatWasDropped([{ name, folder: false }])).toBe('archive')
})

test('nothing, any other file, and several at once are refused', () => {
  expect(whatWasDropped([])).toBe('other')
  expect(whatWasDropped([{ name: 'notes.txt', folder: false }])).toBe('other')
  expect(whatWasDropped([{ name: 'a', folder: true }, { name: 'b.zip', folder: false }])).toBe('several')
})
