import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
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
  return dist
}

test('the binary that was fetched is taken', async () => {
  const dist = await install('electron')
  await writeFile(join(dist, 'electron'), 'made up')
  expect(await electronDist(checkout, 'linux')).toEqual({ folder: dist, standIn: false })
})

test('one that was fetched by half is none', async () => {
  expect(installedDist(checkout)).toBeNull()
  await install('electron')
  expect(installedDist(checkout)).toBeNull()
})

test('where there is neither a binary nor a stand-in, it is said what to do', async () => {
  for (const platform of ['darwin', 'win32', 'linux'] as const) await expect(electronDist(checkout, platform)).rejects.toThrow('npx install-electron')
})
