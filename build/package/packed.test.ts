import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dropDefaultApplication, flipAfterPack } from './after-pack.ts'
import { packedIn, startableHere } from './packed.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-packed-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function file(...parts: string[]): Promise<void> {
  await mkdir(join(folder, ...parts, '..'), { recursive: true })
  await writeFile(join(folder, ...parts), 'made up')
}
const names = (platform: NodeJS.Platform) => packedIn(folder, platform).map((one) => basename(one.folder))

test('the packed folders of Linux are found for both processors, and each machine starts its own', async () => {
  for (const name of ['linux-unpacked', 'linux-arm64-unpacked']) {
    await file(name, 'firstnode')
    await file(name, 'resources', 'app.asar')
  }
  await file('half-made', 'firstnode')
  expect(names('linux')).toEqual(['linux-arm64-unpacked', 'linux-unpacked'])
  const packed = packedIn(folder, 'linux')
  expect(startableHere(packed, 'x64')?.executable).toBe(join(folder, 'linux-unpacked', 'firstnode'))
  expect(startableHere(packed, 'arm64')?.executable).toBe(join(folder, 'linux-arm64-unpacked', 'firstnode'))
  expect(startableHere(packed.slice(0, 1), 'x64')).toBeNull()
})

test('a universal application of macOS is found, and started by both processors', async () => {
  await file('mac-universal', 'Firstnode.app', 'Contents', 'Resources', 'app.asar')
  const packed = packedIn(folder, 'darwin')
  const executable = join(folder, 'mac-universal', 'Firstnode.app', 'Contents', 'MacOS', 'Firstnode')
  expect(startableHere(packed, 'x64')?.executable).toBe(executable)
  expect(startableHere(packed, 'arm64')?.executable).toBe(executable)
})

test('the packed folder of Windows is found', async () => {
  await file('win-unpacked', 'Firstnode.exe')
  await file('win-unpacked', 'resources', 'app.asar')
  expect(names('win32')).toEqual(['win-unpacked'])
})

test('the page that Electron shows without an application is taken out', async () => {
  await file('resources', 'default_app.asar')
  await file('Electron.app', 'Contents', 'Resources', 'default_app.asar')
  await dropDefaultApplication({ appOutDir: folder, electronPlatformName: 'linux' })
  await dropDefaultApplication({ appOutDir: folder, electronPlatformName: 'darwin' })
  await expect(file('resources', 'default_app.asar', 'x')).resolves.toBeUndefined()
  await expect(file('Electron.app', 'Contents', 'Resources', 'default_app.asar', 'x')).resolves.toBeUndefined()
})

test('the halves of a universal application keep their fuses until they are one', async () => {
  await expect(flipAfterPack({ appOutDir: join(folder, 'mac-universal-x64-temp'), electronPlatformName: 'darwin' })).resolves.toBeUndefined()
  await expect(flipAfterPack({ appOutDir: join(folder, 'mac-universal'), electronPlatformName: 'darwin' })).rejects.toThrow('ENOENT')
  await expect(flipAfterPack({ appOutDir: join(folder, 'linux-unpacked'), electronPlatformName: 'linux' })).rejects.toThrow('ENOENT')
})
