import { expect, test } from 'vitest'
import { isOurPage, pagePrivileges } from './page-address.ts'

test('only app://firstnode is our page', () => {
  expect(isOurPage('app://firstnode/')).toBe(true)
  expect(isOurPage('app://firstnode/assets/main.js')).toBe(true)
  const others = ['', 'about:blank', 'app://firstnode.example/', 'app://other/', 'https://firstnode/', 'file:///firstnode/', 'data:text/html,app://firstnode/', 'app://firstnode:80/', 'app://firstnode@other/']
  expect(others.filter(isOurPage)).toEqual([])
})

test('the scheme of the page is an origin of its own, and has no further privilege: its policy cannot be passed by', () => {
  expect(pagePrivileges).toEqual({ standard: true, secure: true })
})
