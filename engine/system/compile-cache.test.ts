import { chmod, chown, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepCompiled } from './compile-cache.ts'

let root = ''
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'firstnode-compiled-'))))
afterEach(() => rm(root, { recursive: true, force: true }))

function usedFolder(folder: string): string | null {
  let used: string | null = null
  keepCompiled(folder, (asked) => (used = asked))
  return used
}

test.skipIf(process.platform === 'win32')('what is compiled is kept in a folder that only the caller may open', async () => {
  const folder = join(root, 'cache', 'compiled')
  expect(usedFolder(folder)).toBe(folder)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect(usedFolder(folder)).toBe(folder)
})

test.skipIf(process.platform === 'win32')('a folder that others may write to, or a link to one, is not used', async () => {
  const open = join(root, 'open')
  await mkdir(open)
  await chmod(open, 0o777)
  await symlink(open, join(root, 'link'))
  expect([usedFolder(open), usedFolder(join(root, 'link'))]).toEqual([null, null])
})

test.skipIf(process.getuid?.() !== 0)('a folder of another account is not used, which could have put code into it', async () => {
  const folder = join(root, 'compiled')
  await mkdir(folder, { mode: 0o700 })
  await chown(folder, 65_534, 65_534)
  expect(usedFolder(folder)).toBeNull()
})

test('where nothing can be kept, or Node cannot, the program starts all the same', () => {
  expect(usedFolder(join('/dev/null', 'compiled'))).toBeNull()
  expect(() => keepCompiled(join(root, 'compiled'), null)).not.toThrow()
  expect(() => keepCompiled(join(root, 'compiled'), () => { throw new Error('no') })).not.toThrow()
})
