import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inRoot } from '../build/root.mjs'
import { nowWhat } from '../shared/clients/now-what.ts'
import { mayOpenOutside, outsideLinks } from './outside-links.ts'

test('every address of the table may be opened, and what lies below it', () => {
  for (const address of Object.values(outsideLinks)) {
    expect(mayOpenOutside(address)).toBe(true)
    expect(mayOpenOutside(`${address}more?and=more#here`)).toBe(true)
  }
})

test('where connected clients lead on to may be opened', () => {
  expect(nowWhat.filter(({ url }) => !mayOpenOutside(url))).toEqual([])
})

test('nothing but https is opened, and nothing that only looks like the table', () => {
  const others = [
    'http://www.elastic.co/docs/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://www.elastic.co/docs/',
    'https://www.elastic.co/',
    'https://www.elastic.co.example/docs/',
    'https://www.elastic.co@example.org/docs/',
    'https://somebody@www.elastic.co/docs/',
    'https://www.elastic.co/docs/../somewhere',
    'https://www.elastic.co:8443/docs/',
    'nonsense',
    '',
  ]
  expect(others.filter((address) => mayOpenOutside(address))).toEqual([])
})

test('a table that names something else by mistake opens none of it', () => {
  const mistaken = { plain: 'http://www.elastic.co/docs/', file: 'file:///etc/', share: 'smb://server/', account: 'https://somebody@www.elastic.co/', password: 'https://:word@www.elastic.co/' }
  expect(Object.values(mistaken).filter((address) => mayOpenOutside(address, mistaken))).toEqual([])
})

test('nothing is opened outside but in the one place that looks into the table', () => {
  const files = globSync('electron/**/*.ts', { cwd: inRoot() }).filter((file) => !file.endsWith('.test.ts'))
  expect(files.filter((file) => readFileSync(inRoot(file), 'utf8').includes('openExternal')).map((file) => file.replaceAll('\\', '/'))).toEqual(['electron/open-outside.ts'])
})
