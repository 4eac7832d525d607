import { expect, test } from 'vitest'
import { isPageItself } from './page-sender.ts'

test('a port is taken from our page itself, and from no other frame', () => {
  const page = { url: 'app://firstnode/', parent: null }
  expect(isPageItself(page)).toBe(true)
  expect(isPageItself({ ...page, parent: page })).toBe(false)
  expect(isPageItself({ ...page, url: 'about:blank' })).toBe(false)
  expect(isPageItself({ ...page, url: 'https://www.elastic.co/docs/' })).toBe(false)
  expect(isPageItself(null)).toBe(false)
})
