import type { MenuItemConstructorOptions } from 'electron'
import { expect, test, vi } from 'vitest'
import { menuTemplate } from './menu.ts'

const nothing = { about() {}, diagnostics() {}, openFolder() {}, showLog() {}, documentation() {} }
const items = (template: MenuItemConstructorOptions[]) => template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
const roles = (platform: NodeJS.Platform, packaged = true) => items(menuTemplate({ platform, packaged }, nothing)).map(({ role }) => role)

test('on macOS the application has a menu of its own, with About first and Quit last', () => {
  const [first] = menuTemplate({ platform: 'darwin', packaged: true }, nothing)
  const own = first === undefined ? [] : items([first])
  expect([own[0]?.id, own.at(-1)?.role]).toEqual(['about', 'quit'])
  expect(items(menuTemplate({ platform: 'darwin', packaged: true }, nothing)).filter(({ id }) => id === 'about')).toHaveLength(1)
})

test('elsewhere Quit is under File and About under Help', () => {
  for (const platform of ['linux', 'win32'] as const) {
    const template = menuTemplate({ platform, packaged: true }, nothing)
    expect(template.map(({ label, role }) => label ?? role)).toEqual(['&File', '&Edit', '&View', 'help'])
    expect(items(template.slice(0, 1)).at(-1)?.role).toBe('quit')
    expect(items(template.slice(-1)).at(-1)?.id).toBe('about')
  }
})

test('every system can copy, paste, zoom and load the page anew by its own shortcuts', () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const) expect(roles(platform)).toEqual(expect.arrayContaining(['copy', 'paste', 'selectAll', 'zoomIn', 'zoomOut', 'resetZoom', 'reload', 'quit']))
})

test('DevTools are in the menu of a checkout only', () => {
  expect(roles('linux', false)).toContain('toggleDevTools')
  expect(roles('linux', true)).not.toContain('toggleDevTools')
})

test('each item does what it says', () => {
  const actions = { about: vi.fn(), diagnostics: vi.fn(), openFolder: vi.fn(), showLog: vi.fn(), documentation: vi.fn() }
  for (const { click } of items(menuTemplate({ platform: 'linux', packaged: true }, actions))) (click as (() => void) | undefined)?.()
  for (const action of Object.values(actions)) expect(action).toHaveBeenCalledTimes(1)
})
