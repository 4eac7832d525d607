import { beforeEach, expect, test, vi } from 'vitest'
import { openWindow } from './window.ts'

const electron = vi.hoisted(() => ({ packaged: false, asked: [] as Record<string, unknown>[], loaded: [] as string[] }))

vi.mock('electron', () => ({
  app: {
    get isPackaged() {
      return electron.packaged
    },
    getPath: () => '/nowhere',
  },
  nativeTheme: { shouldUseDarkColors: false, on() {} },
  screen: { getPrimaryDisplay: () => ({ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }), getAllDisplays: () => [] },
  BrowserWindow: class {
    constructor(options: Record<string, unknown>) {
      electron.asked.push(options)
    }
    on() {}
    once() {}
    loadURL(address: string) {
      electron.loaded.push(address)
      return Promise.resolve()
    }
  },
}))

beforeEach(() => {
  electron.asked.splice(0)
  electron.loaded.splice(0)
})

test('the window opens our page, kept apart as it is in every build, and DevTools are for a checkout alone', () => {
  for (const packaged of [true, false]) {
    electron.packaged = packaged
    openWindow('/preload.cjs')
    expect(electron.asked.at(-1)).toMatchObject({ webPreferences: { preload: '/preload.cjs', sandbox: true, contextIsolation: true, webSecurity: true, devTools: !packaged } })
  }
  expect(electron.loaded).toEqual(['app://firstnode/', 'app://firstnode/'])
})
