import { expect, test, vi } from 'vitest'
import { createUpdates, type Updater, whyNoUpdates } from './updates.ts'

function updaterDouble(version: string | null) {
  const listeners = new Map<string, (event: never) => void>()
  const did: string[] = []
  const updater: Updater = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    checkForUpdates: async () => ({ isUpdateAvailable: version !== null, updateInfo: { version: version ?? '0.1.0' } }),
    downloadUpdate: async () => void did.push('fetched'),
    quitAndInstall: () => void did.push('installed'),
    on: (event: string, listener: (event: never) => void) => listeners.set(event, listener),
  }
  const load = async () => (did.push('loaded'), updater)
  const under: { way: string | null } = { way: null }
  const leaveFor = (last: () => void): void => {
    did.push('put everything back')
    last()
  }
  const updates = (off: string | null = null) => createUpdates({ off, load, underWay: () => under.way, leaveFor, note: () => undefined })
  return { updater, did, under, updates, progress: (percent: number) => listeners.get('download-progress')?.({ percent } as never) }
}

test('nothing is looked for, fetched or installed before somebody asks, and then one thing at a time', async () => {
  const { updater, did, updates, progress } = updaterDouble('2.0.0')
  const asked = updates()
  expect(asked.state().stage).toBe('idle')
  expect(did).toEqual([])
  expect(await asked.look()).toEqual({ stage: 'available', version: '2.0.0', percent: null, reason: null })
  expect([updater.autoDownload, updater.autoInstallOnAppQuit]).toEqual([false, false])
  expect(did).toEqual(['loaded'])
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
  expect(did).toEqual(['loaded'])
  await asked.install()
  expect(did).toEqual(['loaded', 'put everything back', 'installed'])
})

test('a new version is not installed while a home is being changed', async () => {
  const { did, updates, under } = updaterDouble('2.0.0')
  const asked = updates()
  await asked.look()
  await asked.fetch()
  under.way = 'Elasticsearch in /es is being set up'
  await expect(asked.install()).rejects.toMatchObject({ code: 'something_under_way' })
  expect(did).toEqual(['loaded', 'fetched'])
})

test('a failure says why in a line, and the wish can be made again', async () => {
  const { updater, updates } = updaterDouble('2.0.0')
  updater.checkForUpdates = vi.fn().mockRejectedValueOnce(new Error('net::ERR_INTERNET_DISCONNECTED\nHeaders: …')).mockResolvedValueOnce({ isUpdateAvailable: true, updateInfo: { version: '2.0.0' } })
  const asked = updates()
  expect(await asked.look()).toMatchObject({ stage: 'failed', reason: 'The update server cannot be reached. Check your internet connection.' })
  expect(await asked.look()).toMatchObject({ stage: 'available' })
  updater.downloadUpdate = vi.fn().mockRejectedValueOnce(new Error('sha512 checksum mismatch')).mockResolvedValueOnce([])
  expect(await asked.fetch()).toMatchObject({ stage: 'failed', version: '2.0.0' })
  expect(await asked.fetch()).toMatchObject({ stage: 'ready' })
})

test('where somebody else brings new versions, nothing is even loaded', async () => {
  const { did, updates } = updaterDouble('2.0.0')
  const off = updates('a package manager')
  for (const state of [await off.look(), await off.fetch(), off.state()]) expect(state).toMatchObject({ stage: 'off', reason: 'a package manager' })
  await off.install()
  expect(did).toEqual([])
})

test('a checkout, a package, an archive and the portable file are not updated by Firstnode; the rest is', () => {
  const release = { packaged: true, released: true, env: {} }
  expect(whyNoUpdates({ ...release, packaged: false, platform: 'darwin' })).toContain('git pull')
  expect(whyNoUpdates({ ...release, platform: 'linux' })).toContain('package')
  expect(whyNoUpdates({ ...release, platform: 'win32', env: { PORTABLE_EXECUTABLE_FILE: 'C:\\Firstnode.exe' } })).toContain('portable')
  expect(whyNoUpdates({ ...release, platform: 'linux', env: { APPIMAGE: '/home/me/Firstnode.AppImage' } })).toBeNull()
  expect(whyNoUpdates({ ...release, platform: 'win32' })).toBeNull()
  expect(whyNoUpdates({ ...release, platform: 'darwin' })).toBeNull()
})

test('what was packed outside of a release has no place to look for new versions, and says so before anybody asks', async () => {
  for (const [platform, env] of [['darwin', {}], ['win32', {}], ['linux', { APPIMAGE: '/home/me/Firstnode.AppImage' }]] as const) {
    const off = whyNoUpdates({ packaged: true, released: false, platform, env })
    expect(off).toContain('packed outside of a release')
    const { did, updates } = updaterDouble('2.0.0')
    expect(await updates(off).look()).toMatchObject({ stage: 'off', reason: off })
    expect(did).toEqual([])
  }
})
