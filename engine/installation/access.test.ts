import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '../../shared/contract/installation.ts'
import { allows, mayAccess, whatStandsInTheWay } from './access.ts'

const stranger: Account = { name: null, uid: 54_321, gid: 54_321, groups: [54_321] }
let folder = ''
let file = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-access-'))
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'open'))
  await chmod(join(folder, 'open'), 0o755)
  file = join(folder, 'open', 'file')
  await writeFile(file, '')
  await chmod(file, 0o644)
  await symlink(file, join(folder, 'link'))
})
afterAll(() => rm(folder, { recursive: true }))

test('mode bits are those of the owner, else of the group, else of everybody', () => {
  const ada: Account = { name: 'ada', uid: 7, gid: 70, groups: [70, 700] }
  expect(allows({ uid: 7, gid: 1, mode: 0o400 }, ada, 'r')).toBe(true)
  expect(allows({ uid: 7, gid: 70, mode: 0o077 }, ada, 'r')).toBe(false)
  expect(allows({ uid: 1, gid: 700, mode: 0o020 }, ada, 'w')).toBe(true)
  expect(allows({ uid: 1, gid: 700, mode: 0o702 }, ada, 'w')).toBe(false)
  expect(allows({ uid: 1, gid: 1, mode: 0o001 }, ada, 'x')).toBe(true)
})

test('root may read and write everything, but runs only what somebody may run', () => {
  const root: Account = { name: 'root', uid: 0, gid: 0, groups: [0] }
  expect(allows({ uid: 7, gid: 7, mode: 0o100_000 }, root, 'w')).toBe(true)
  expect(allows({ uid: 7, gid: 7, mode: 0o100_644 }, root, 'x')).toBe(false)
})

test('another account is judged by the modes of the path, not by what the caller may do', async () => {
  expect(await mayAccess(file, stranger, 'r')).toBe(true)
  expect(await mayAccess(file, stranger, 'w')).toBe(false)
  expect(await mayAccess(file, stranger, 'x')).toBe(false)
  expect(await mayAccess(join(folder, 'link'), stranger, 'r')).toBe(true)
})

test('a closed folder above is what stands in the way', async () => {
  await chmod(join(folder, 'open'), 0o700)
  expect(await whatStandsInTheWay(file, stranger, 'r')).toMatch(/open$/)
  await chmod(join(folder, 'open'), 0o755)
})

test('what is not there stands in its own way', async () => {
  expect(await whatStandsInTheWay(join(folder, 'nothing'), stranger, 'r')).toBe(join(folder, 'nothing'))
  expect(await mayAccess(join(folder, 'nothing'), null, 'r')).toBe(false)
})

test('the caller itself is asked of the system', async () => {
  expect(await mayAccess(file, null, 'w')).toBe(true)
})

test('Windows: what may be read or entered is tried, and nothing is changed by it', async () => {
  const before = await stat(file)
  expect(await mayAccess(file, null, 'r', 'win32')).toBe(true)
  expect(await mayAccess(file, null, 'w', 'win32')).toBe(true)
  expect(await mayAccess(join(folder, 'open'), stranger, 'x', 'win32')).toBe(true)
  expect(await mayAccess(join(folder, 'nothing'), null, 'r', 'win32')).toBe(false)
  expect((await stat(file)).mtimeMs).toBe(before.mtimeMs)
})
