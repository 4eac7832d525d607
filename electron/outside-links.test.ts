import { expect, test } from 'vitest'
import { mayOpenOutside, outsideLinks } from './outside-links.ts'

test('every address of the table may be opened, and what lies below it', () => {
  for (const address of Object.values(outsideLinks)) {
    expect(mayOpenOutside(address)).toBe(true)
    expect(mayOpenOutside(`${address}more?and=more#here`)).toBe(true)
  }
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
  expect(others.filter(mayOpenOutside)).toEqual([])
})
