import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fusesNotAsReleased, readFuses, releasedFuses, sentinel, setFuses } from './fuses.ts'

// No binary of Electron is needed: these files are made up, and carry its sentinel and fuses as the real one does.
const asElectronShips = '101100011'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-fuses-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function madeUpElectron(...wires: string[]): Promise<string> {
  const halves = wires.flatMap((wire) => [Buffer.alloc(5000, 'code'), Buffer.from(sentinel), Buffer.from([1, wire.length]), Buffer.from(wire, 'latin1')])
  await writeFile(join(folder, 'made-up-electron'), Buffer.concat([...halves, Buffer.alloc(5000, 'more')]))
  return join(folder, 'made-up-electron')
}

test('the fuses are set as the release wants them, and read back', async () => {
  const binary = await madeUpElectron(asElectronShips)
  expect(await fusesNotAsReleased(binary)).toContain('RunAsNode is on')
  await setFuses(binary)
  expect(await readFuses(binary)).toEqual([releasedFuses])
  expect(await fusesNotAsReleased(binary)).toEqual([])
})

test('nothing but the fuses changes', async () => {
  const binary = await madeUpElectron(asElectronShips)
  const before = await readFile(binary, 'latin1')
  await setFuses(binary)
  expect(await readFile(binary, 'latin1')).toBe(before.replace(asElectronShips, '010011001'))
})

test('what the issue asks for is what a release has', () => {
  expect(releasedFuses).toMatchObject({
    RunAsNode: false,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    EnableCookieEncryption: true,
  })
})

test('both halves of a universal binary are set, and one that was forgotten is seen', async () => {
  const binary = await madeUpElectron(asElectronShips, asElectronShips)
  await setFuses(binary)
  expect(await readFuses(binary)).toEqual([releasedFuses, releasedFuses])
  expect(await fusesNotAsReleased(await madeUpElectron('010011001', '011011001'))).toEqual(['EnableNodeOptionsEnvironmentVariable is on'])
})

test('on macOS the fuses lie in the framework of the application', async () => {
  const framework = join(folder, 'Firstnode.app', 'Contents', 'Frameworks', 'Electron Framework.framework')
  await mkdir(framework, { recursive: true })
  await writeFile(join(framework, 'Electron Framework'), await readFile(await madeUpElectron(asElectronShips)))
  await setFuses(join(folder, 'Firstnode.app'))
  expect(await readFuses(join(folder, 'Firstnode.app'))).toEqual([releasedFuses])
})

test('a binary without fuses, with fewer, or with one that nobody decided on is refused', async () => {
  await writeFile(join(folder, 'script'), '#!/bin/sh\n')
  await expect(setFuses(join(folder, 'script'))).rejects.toThrow('sentinel')
  await expect(readFuses(join(folder, 'script'))).rejects.toThrow('has no fuses')
  await expect(setFuses(await madeUpElectron(`${asElectronShips}0`))).rejects.toThrow('10 fuses')
  await expect(setFuses(await madeUpElectron('1011'))).rejects.toThrow('not long enough')
})

test('a fuse that Electron removed does not count as set', async () => {
  expect(await fusesNotAsReleased(await madeUpElectron('r10011001'))).toEqual(['RunAsNode is removed'])
})
