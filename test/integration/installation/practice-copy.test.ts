import { execFile } from 'node:child_process'
import { cp, lstat, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { unpackArchive } from '../../../engine/installation/archive.ts'
import { inspect } from '../../../engine/installation/inspect.ts'
import { freshHome, type FreshHome, type PracticeVersion } from '../../support/fresh-home.ts'
import { lengthy } from '../../support/in-turn.ts'

const run = promisify(execFile)
const homes: FreshHome[] = []

afterEach(() => Promise.all(homes.splice(0).map((home) => home.remove())))

async function fresh(version: PracticeVersion, name?: string): Promise<FreshHome> {
  const home = await freshHome(version, name)
  homes.push(home)
  return home
}

/** Runs a tool of the home as the account it belongs to. */
async function tool({ home, account, java }: Pick<FreshHome, 'home' | 'account' | 'java'>, name: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', ES_JAVA_HOME: java, HOSTNAME: 'practice' }
  const as = process.getuid?.() === 0 ? account : {}
  const { stdout } = await run(join(home, 'bin', name), args, { env, cwd: home, ...as })
  return stdout
}

/** Packs what an archive of Elasticsearch must have, and little else, so that it takes no longer than it must. */
async function archiveOf(home: string): Promise<string> {
  const archive = `${home}.tar.gz`
  // Copied first: the programs of all homes of these tests are the same files, and tar takes a new link to one for a change.
  const copies = `${home}-copy`
  await cp(home, join(copies, basename(home)), { recursive: true, filter: (path) => !/^modules\/[a-w]/.test(relative(home, path)) })
  await run('tar', ['--use-compress-program=gzip -1', '-cf', archive, '-C', copies, basename(home)])
  await rm(copies, { recursive: true })
  return archive
}

for (const version of ['9.4.3', '8.16.6'] as const) lengthy(`the practice copy of ${version} starts and is configured by stock, whatever its path is called`, async () => {
  const home = await fresh(version, `my "es" $HOME & 'ü'`)
  const target = { home: home.home, ...(process.getuid?.() === 0 ? { user: String(home.account.uid) } : {}) }
  expect(await inspect(target, { ES_JAVA_HOME: home.java })).toMatchObject({ version, state: 'new', javaTrouble: null, owner: { uid: home.account.uid } })
  expect(await tool(home, 'elasticsearch', '--version')).toContain(`Version: ${version}`)
  await tool(home, 'auto-configure-node', '-v')
  expect(await inspect(target, { ES_JAVA_HOME: home.java })).toMatchObject({ state: 'configured' })
})

lengthy('a packed home is unpacked again to one that runs', async () => {
  const { home, account, java } = await fresh('9.4.3', 'elasticsearch-9.4.3')
  const unpacked = await unpackArchive({ archive: await archiveOf(home), into: dirname(home) })
  expect(unpacked).toBe(`${home}-2`)
  expect(await lstat(unpacked)).toMatchObject({ uid: account.uid, gid: account.gid })
  expect(await tool({ home: unpacked, account, java }, 'elasticsearch', '--version')).toContain('Version: 9.4.3')
})

test('on a disk that is too small, full or read-only an archive leaves nothing behind', async () => {
  expect(process.getuid?.(), 'mounting a small disk needs root').toBe(0)
  const { home } = await fresh('8.16.6', 'elasticsearch-8.16.6')
  const archive = await archiveOf(home)
  const small = join(dirname(home), 'small')
  await run('mkdir', [small])
  await run('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=755', 'tmpfs', small])
  try {
    await expect(unpackArchive({ archive, into: small })).rejects.toMatchObject({ code: 'archive_no_room' })
    expect(await readdir(small)).toEqual([])
    // room for every byte, but for no more than twenty files
    await run('mount', ['-o', 'remount,size=4g,nr_inodes=20', small])
    await expect(unpackArchive({ archive, into: small })).rejects.toMatchObject({ code: 'archive_target', message: expect.stringContaining('full') as string })
    expect(await readdir(small)).toEqual([])
    await run('mount', ['-o', 'remount,ro', small])
    await expect(unpackArchive({ archive, into: small })).rejects.toMatchObject({ code: 'archive_target', message: expect.stringContaining('read-only') as string })
  } finally {
    await run('umount', [small])
  }
})
