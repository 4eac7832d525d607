import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { inRoot } from '../../../build/root.mjs'

process.env.ELECTRON_OVERRIDE_DIST_PATH ??= inRoot('test', 'electron-stand-in')

export interface Wish {
  readonly webPreferences?: object
  readonly denyPermissions?: boolean
  readonly navigate?: boolean
  readonly noWindowHandler?: boolean
  readonly single?: boolean
  readonly onlyOwn?: boolean
  readonly fetch?: boolean
  readonly noRedirect?: boolean
}

export interface Tiny extends AsyncDisposable {
  readonly app: ElectronApplication
  readonly page: Page
  readonly userData: string
  /** What its main process has heard so far. */
  heard(): Promise<unknown[]>
}

export const tinyFolder = inRoot('test', 'integration', 'electron', 'tiny-application')

/** Starts the application of these tests and waits until its page is there, and its main process has heard of that. */
export async function startTiny(wish: Wish = {}, more: { userData?: string; executablePath?: string; env?: Readonly<Record<string, string>> } = {}): Promise<Tiny> {
  const own = more.userData === undefined ? await mkdtemp(join(tmpdir(), 'firstnode-tiny-')) : null
  const userData = more.userData ?? own ?? ''
  const words = [`--user-data-dir=${userData}`, `--wish=${JSON.stringify(wish)}`]
  const app = await _electron.launch({
    args: more.executablePath === undefined ? [tinyFolder, ...words] : words,
    colorScheme: null,
    ...(more.env === undefined ? {} : { env: { ...(process.env as Record<string, string>), ...more.env } }),
    ...(more.executablePath === undefined ? {} : { executablePath: more.executablePath }),
  })
  const page = await app.firstWindow()
  await page.getByRole('heading', { name: 'Hello' }).waitFor()
  await app.evaluate(() => new Promise<void>((resolve) => {
    const look = (): void => {
      if ((globalThis as unknown as { heard: unknown[] }).heard.includes('did-finish-load')) resolve()
      else setTimeout(look, 20)
    }
    look()
  }))
  return {
    app, page, userData,
    heard: () => app.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard),
    async [Symbol.asyncDispose]() {
      await app.close()
      if (own !== null) await rm(own, { recursive: true, force: true })
    },
  }
}
