import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registryElectron } from '../older-electron/registry-electron.ts'
import { electronDist, installedDist } from './electron-dist.ts'

let checkout: string
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'firstnode-dist-'))
})
afterEach(async () => {
  await rm(checkout, { recursive: true, force: true })
})

async function install(binary: string): Promise<string> {
  const dist = join(checkout, 'node_modules', 'electron', 'dist')
  await mkdir(dist, { recursive: true })
  await writeFile(join(dist, '..', 'path.txt'), binary)
  await writeFile(join(dist, '..', 'package.json'), '{"version":"45.4.1"}')
  return dist
}

test('the binary of the pinned version is taken where it was fetched', async () => {
  const dist = await install('electron')
  await writeFile(join(dist, 'electron'), 'made up')
  expect(await electronDist(checkout, { platform: 'linux' })).toEqual({ folder: dist, version: '45.4.1', pinned: true })
})

test('one that was fetched by half is none', async () => {
  expect(installedDist(checkout)).toBeNull()
  await install('electron')
  expect(installedDist(checkout)).toBeNull()
})

test('where it was not, Linux takes the one in the cache that npm brought', async () => {
  const folder = join(checkout, 'cache', 'electron', registryElectron.version)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'electron'), 'made up')
  const cache = join(checkout, 'cache')
  expect(await electronDist(checkout, { platform: 'linux', arch: 'x64', cache })).toEqual({ folder, version: registryElectron.version, pinned: false })
})

test('where there is neither, the message says what to do', async () => {
  for (const [platform, arch] of [['darwin', 'arm64'], ['win32', 'x64'], ['linux', 'arm64']] as const) {
    await expect(electronDist(checkout, { platform, arch })).rejects.toThrow('npx install-electron')
  }
})
