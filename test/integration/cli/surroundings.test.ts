import { chmod, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programForAll, type ProgramForAll } from '../../cli/as-account.ts'
import { begin, firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { needsRoot } from '../../support/needs-root.ts'

let program: ProgramForAll
let fresh: FreshHome
let folder: string
let before: string[]
beforeAll(async () => {
  needsRoot('mounts file systems and runs programs as other accounts')
  program = await programForAll()
  fresh = await freshHome('9.4.3')
  folder = await mkdtemp(join(tmpdir(), 'firstnode-surroundings-'))
  await chmod(folder, 0o755)
  before = await folderTree(fresh.home)
})
afterAll(async () => {
  await Promise.all([program.remove(), fresh.remove(), rm(folder, { recursive: true, force: true })])
})

const around = (...words: string[]): { java: string; within: string[] } => ({ java: fresh.java, within: words })
const onReadOnly = (path: string, ...args: string[]): Promise<Ended> => {
  const mounts = 'mount --bind "$0" "$0"; mount -o remount,ro,bind "$0"; exec "$@"'
  return firstnode([...args, '--home', fresh.home], around('unshare', '--mount', 'sh', '-ec', mounts, path))
}

test('a number without an account and without HOME is told what it may not read', async () => {
  const call = { java: fresh.java, env: { HOME: undefined } }
  for (const command of ['check', 'status', 'show']) {
    const { code, out, err } = await program.run({ uid: 4711, gid: 4711 }, [command, '--home', fresh.home], call)
    expect([0, 3, 10, 11]).toContain(code)
    expect(out + err).not.toContain('(unexpected)')
  }
})

test('in a folder that was deleted a full path works, and a relative one is said not to be there', async () => {
  const gone = around('sh', '-c', 'mkdir "$0"; cd "$0"; rmdir "$0"; exec "$@"', join(folder, 'gone'))
  expect((await firstnode(['check', '--home', fresh.home], gone)).code).toBe(0)
  const relative = await firstnode(['check', '--home', 'elasticsearch', '--json'], gone)
  expect([relative.code, json(relative)]).toMatchObject([3, { error: { code: 'folder_unreadable' } }])
})

test.each(['plan', 'status'])('%s says that a full disk did not take its output', async (command) => {
  const full = await open('/dev/full', 'w')
  try {
    const { code, err } = await begin([command, '--home', fresh.home], { java: fresh.java, stdout: full.fd }).ended
    expect([code, err]).toEqual([4, expect.stringContaining('(output_failed)') as string])
  } finally {
    await full.close()
  }
})

test('an error that a full disk did not take is said on standard error', async () => {
  const full = await open('/dev/full', 'w')
  try {
    const { code, err } = await begin(['check', '--home', folder, '--json'], { java: fresh.java, stdout: full.fd }).ended
    expect([code, err]).toEqual([3, expect.stringMatching(/^✗ /) as string])
  } finally {
    await full.close()
  }
})

test('a home on a read-only file system is said to be on one, and nothing is begun', async () => {
  for (const path of [fresh.home, join(fresh.home, 'config')]) {
    const checked = await onReadOnly(path, 'check', '--json')
    expect([10, 11]).toContain(checked.code)
    expect((json(checked) as { reason: string }).reason).toBe(`${path} is on a read-only file system.`)
    const up = await onReadOnly(path, 'up', '--json')
    expect([up.code, up.out]).toEqual([3, expect.stringContaining('is on a read-only file system') as string])
  }
  const stopped = await onReadOnly(fresh.home, 'stop', '--json')
  expect([stopped.code, json(stopped)]).toMatchObject([0, { running: false }])
})

test('without a loopback interface nothing is begun, and the message says so', async () => {
  const up = await firstnode(['up', '--home', fresh.home, '--json'], around('unshare', '--net'))
  expect([up.code, json(up)]).toMatchObject([3, { error: { message: expect.stringContaining('No loopback interface is up') as string } }])
})

test('all of that left the home as it was', async () => {
  expect(await folderTree(fresh.home)).toEqual(before)
})
