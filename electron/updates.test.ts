import { expect, test, vi } from 'vitest'
import { createUpdates, type Updater, whyNoUpdates } from './updates.ts'

function updaterDouble(version: string | null) {
  const listeners = new Map<string, (event: never) => void>()
  const updater: Updater = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    checkForUpdates: vi.fn(async () => ({ isUpdateAvailable: version !== null, updateInfo: { version: version ?? '0.1.0' } })),
    downloadUpdate: vi.fn(async () => []),
    quitAndInstall: vi.fn(),
    on: (event: string, listener: (event: never) => void) => listeners.set(event, listener),
  }
  const load = vi.fn(async () => updater)
  const under: { way: string | null } = { way: null }
  const updates = (off: string | null = null) => createUpdates({ off, load, underWay: () => under.way, note: () => undefined })
  return { updater, load, under, updates, progress: (percent: number) => listeners.get('download-progress')?.({ percent } as never) }
}

test('nothing is looked for, fetched or installed before somebody asks, and then one thing at a time', async () => {
  const { updater, load, updates, progress } = updaterDouble('2.0.0')
  const asked = updates()
  expect(asked.state().stage).toBe('idle')
  expect(load).not.toHaveBeenCalled()
  expect(await asked.look()).toEqual({ stage: 'available', version: '2.0.0', percent: null, reason: null })
  expect([updater.autoDownload, updater.autoInstallOnAppQuit]).toEqual([false, false])
  expect(updater.downloadUpdate).not.toHaveBeenCalled()
  const { promise, resolve } = Promise.withResolvers<unknown>()
  updater.downloadUpdate = () => promise
  const fetching = asked.fetch()
  expect((await Promise.resolve(asked.state())).stage).toBe('fetching')
  await vi.waitFor(() => {
    progress(40)
    expect(asked.state().percent).toBe(40)
  })
  resolve([])
  expect((await fetching).stage).toBe('ready')
  expect(updater.quitAndInstall).not.toHaveBeenCalled()
  await asked.install()
  expect(updater.quitAndInstall).toHaveBeenCalledTimes(1)
})

test('a new version is not installed while a home is being changed', async () => {
  const { updater, updates, under } = updaterDouble('2.0.0')
  const asked = updates()
  await asked.look()
  await asked.fetch()
  under.way = 'Elasticsearch in /es is being set up'
  await expect(asked.install()).rejects.toMatchObject({ code: 'something_under_way' })
  expect(updater.quitAndInstall).not.toHaveBeenCalled()
})

test('a failure says why in a line, and the wish can be made again', async () => {
  const { updater, updates } = updaterDouble('2.0.0')
  updater.checkForUpdates = vi.fn().mockRejectedValueOnce(new Error('net::ERR_INTERNET_DISCONNECTED\nHeaders: …')).mockResolvedValueOnce({ isUpdateAvailable: true, updateInfo: { version: '2.0.0' } })
  const asked = updates()
  expect(await asked.look()).toMatchObject({ stage: 'failed', reason: 'net::ERR_INTERNET_DISCONNECTED' })
  expect(await asked.look()).toMatchObject({ stage: 'available' })
  updater.downloadUpdate = vi.fn().mockRejectedValueOnce(new Error('sha512 checksum mismatch')).mockResolvedValueOnce([])
  expect(await asked.fetch()).toMatchObject({ stage: 'failed', version: '2.0.0' })
  expect(await asked.fetch()).toMatchObject({ stage: 'ready' })
})

test('where somebody else brings new versions, nothing is even loaded', async () => {
  const { load, updates } = updaterDouble('2.0.0')
  const off = updates('a package manager')
  for (const state of [await off.look(), await off.fetch(), off.state()]) expect(state).toMatchObject({ stage: 'off', reason: 'a package manager' })
  await off.install()
  expect(load).not.toHaveBeenCalled()
})

test('a checkout, a package, an archive and the portable file are not updated by Firstnode; the rest is', () => {
  expect(whyNoUpdates({ packaged: false, platform: 'darwin', env: {} })).toContain('git pull')
  expect(whyNoUpdates({ packaged: true, platform: 'linux', env: {} })).toContain('package')
  expect(whyNoUpdates({ packaged: true, platform: 'win32', env: { PORTABLE_EXECUTABLE_FILE: 'C:\\Firstnode.exe' } })).toContain('portable')
  expect(whyNoUpdates({ packaged: true, platform: 'linux', env: { APPIMAGE: '/home/me/Firstnode.AppImage' } })).toBeNull()
  expect(whyNoUpdates({ packaged: true, platform: 'win32', env: {} })).toBeNull()
  expect(whyNoUpdates({ packaged: true, platform: 'darwin', env: {} })).toBeNull()
})
