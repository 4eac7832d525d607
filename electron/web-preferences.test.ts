import { expect, test } from 'vitest'
import { webPreferences } from './web-preferences.ts'

test('the page is kept apart from Node, the preload and the system, in every build, and nothing else is turned on', () => {
  for (const packaged of [true, false]) {
    expect(webPreferences({ preload: '/preload.cjs', packaged })).toEqual({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: !packaged,
      spellcheck: false,
    })
  }
})

test('DevTools open in a checkout, and in nothing that somebody installed', () => {
  expect(webPreferences({ preload: '', packaged: false }).devTools).toBe(true)
  expect(webPreferences({ preload: '', packaged: true }).devTools).toBe(false)
})
