import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../../build/build.mjs'
import { inRoot } from '../../../build/root.mjs'

// The built desktop application on the stand-in for Electron's binary.
process.env.ELECTRON_OVERRIDE_DIST_PATH ??= inRoot('test', 'electron-stand-in')

let userData: string
let application: ElectronApplication
let page: Page

beforeAll(async () => {
  await ensureBuilt(['renderer', 'electron'])
  userData = await mkdtemp(join(tmpdir(), 'firstnode-desktop-'))
  application = await _electron.launch({ args: [inRoot('dist', 'electron', 'main.js'), `--user-data-dir=${userData}`], colorScheme: null })
  page = await application.firstWindow()
})
afterAll(async () => {
  await application.close()
  await rm(userData, { recursive: true, force: true })
})

test('the window shows the first step, over the port to the contract', async () => {
  await page.getByRole('heading', { level: 1, name: 'Which Elasticsearch?' }).waitFor()
  const address = await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())
  expect(address).toBe('app://firstnode/')
})

test('the page has nothing of Node or Electron but the path of a dropped file', async () => {
  const found = await page.evaluate(() => {
    const world = globalThis as Record<string, unknown>
    return { require: typeof world.require, process: typeof world.process, firstnode: Object.keys(world.firstnode as object) }
  })
  expect(found).toEqual({ require: 'undefined', process: 'undefined', firstnode: ['pathOf'] })
})

test('a page that is loaded anew asks for a port anew, and goes on', async () => {
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Which Elasticsearch?' }).waitFor()
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([])
})
