import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refuseStanding, writeText } from './write-text.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-write-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a file with a secret is for its owner alone, also where it takes the place of one that others could read', async () => {
  const path = join(folder, 'access.txt')
  await writeFile(path, 'old', { mode: 0o644 })
  await writeText(path, 'new', { secret: true, replace: true })
  expect(await readFile(path, 'utf8')).toBe('new')
  expect(await isForOwnerAlone(path)).toBe(true)
  expect(await readdir(folder)).toEqual(['access.txt'])
})

test('a file that stands there is left as it is, and nothing lies beside it', async () => {
  const path = join(folder, 'access.txt')
  await writeFile(path, 'old')
  await expect(writeText(path, 'new', { secret: true, replace: false })).rejects.toMatchObject({ code: 'file_stands_there' })
  expect(await readFile(path, 'utf8')).toBe('old')
  await writeText(join(folder, 'other.txt'), 'new', { secret: true, replace: false })
  expect(await readdir(folder)).toEqual(['access.txt', 'other.txt'])
})

test('a folder that is not there is told, with its path', async () => {
  const path = join(folder, 'nowhere', 'access.txt')
  await expect(writeText(path, 'new', { secret: false, replace: true })).rejects.toMatchObject({ code: 'not_saved', message: expect.stringContaining(path) })
})

test('what a killed save left, with its password, goes with the next one in that folder, also with one that is refused', async () => {
  const path = join(folder, 'access.txt')
  const left = join(folder, '.firstnode-save-999999999-0123456789ab-0123456789ab')
  await writeFile(left, 'password')
  await writeText(path, 'new', { secret: true, replace: false })
  expect(await readdir(folder)).toEqual(['access.txt'])
  await writeFile(left, 'password')
  await expect(refuseStanding(path)).rejects.toMatchObject({ code: 'file_stands_there' })
  expect(await readdir(folder)).toEqual(['access.txt'])
})

/** Windows keeps to the rights of the folder. */
async function isForOwnerAlone(path: string): Promise<boolean> {
  return process.platform === 'win32' || ((await stat(path)).mode & 0o777) === 0o600
}
