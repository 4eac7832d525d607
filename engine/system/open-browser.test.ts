import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { canOpenBrowser, openCommand, openInBrowser, openPlainly, redirectTo } from './open-browser.ts'

const address = 'http://127.0.0.1:4321/#token=abc_-DEF'

afterEach(() => {
  vi.useRealTimers()
})

test('a browser is opened where there is a display and the caller is not root', () => {
  const at = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, uid: number | null) => canOpenBrowser({ platform, env, uid })
  expect(at('linux', { DISPLAY: ':0' }, 1000)).toBe(true)
  expect(at('linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000)).toBe(true)
  expect(at('linux', {}, 1000)).toBe(false)
  expect(at('linux', { DISPLAY: '' }, 1000)).toBe(false)
  expect(at('linux', { DISPLAY: ':0' }, 0)).toBe(false)
  expect(at('darwin', {}, 501)).toBe(true)
  expect(at('darwin', { SSH_CONNECTION: '10.0.0.2 5 10.0.0.1 22' }, 501)).toBe(false)
  expect(at('win32', {}, null)).toBe(true)
})

test('what opens it gets a file, never the address', async () => {
  const runs: string[][] = []
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const opened = await openInBrowser(address, { life: 60_000, onFailure: () => {}, platform, run: (command, args) => void runs.push([command, ...args]) })
    expect(runs.at(-1)).toEqual(openCommand(opened.file, platform))
    await opened.remove()
  }
  expect(runs.flat().join(' ')).not.toContain('token')
  expect(runs.map(([command]) => command)).toEqual(['xdg-open', 'open', 'rundll32.exe'])
})

test('only this account can read the file, and the folder around it', async () => {
  const opened = await openInBrowser(address, { life: 60_000, onFailure: () => {}, run: () => {} })
  // Windows has no such modes: there the folder for temporary files is the account's own.
  const [file, folder] = process.platform === 'win32' ? [0o666, 0o666] : [0o600, 0o700]
  expect((await stat(opened.file)).mode & 0o777).toBe(file)
  expect((await stat(dirname(opened.file))).mode & 0o777).toBe(folder)
  expect(await readFile(opened.file, 'utf8')).toContain(address)
  await opened.remove()
  await expect(stat(dirname(opened.file))).rejects.toThrow('ENOENT')
})

test('the file is gone when its token has expired', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const opened = await openInBrowser(address, { life: 60_000, onFailure: () => {}, run: () => {} })
  vi.advanceTimersByTime(59_999)
  expect((await stat(opened.file)).isFile()).toBe(true)
  vi.advanceTimersByTime(1)
  vi.useRealTimers()
  await expect.poll(() => stat(opened.file).then(() => 'there', () => 'gone')).toBe('gone')
})

test('a machine with nothing to open it with is told', async () => {
  const told = await new Promise<boolean>((resolve) => {
    void openInBrowser(address, { life: 60_000, onFailure: () => resolve(true), platform: 'aix' }).then((opened) => opened.remove())
    vi.stubEnv('PATH', '/nowhere')
  })
  vi.unstubAllEnvs()
  expect(told).toBe(true)
})

test('the redirect cannot be broken out of', () => {
  const page = redirectTo('http://127.0.0.1:1/#token="><script>alert(1)</script>&x')
  expect(page).not.toContain('<script>')
  expect(page).not.toContain('"><s')
  expect(page).toContain('href="http://127.0.0.1:1/#token=&quot;>')
})

test('an address without a secret is opened as it is', () => {
  const runs: string[][] = []
  openPlainly('http://localhost:5601', { onFailure: () => {}, platform: 'linux', run: (command, args) => void runs.push([command, ...args]) })
  expect(runs).toEqual([['xdg-open', 'http://localhost:5601']])
})
