import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Account } from '../../shared/contract/installation.ts'
import { findProgram } from '../system/find-program.ts'

/** How root starts a program as another account. */
export interface RunAs {
  /** the program and arguments before what is started, which they become: the same process, with the same pid */
  readonly words: readonly string[]
  /** for `spawn` */
  readonly options: { readonly uid?: number; readonly gid?: number }
}

/** A program of the system that puts an account on; `folder`: the one it starts in is to be its last argument. */
interface Way {
  readonly words: readonly string[]
  readonly folder: boolean
}

const run = promisify(execFile)
const systemFolders = '/usr/bin:/bin:/usr/sbin:/sbin'

/** macOS knows no more groups of a process (NGROUPS_MAX). */
const mostGroupsOnMac = 16

/**
 * How root starts a program as `account` (null: as the caller) with all of its groups, in the folder `cwd`. `spawn` alone
 * drops every further group (libuv calls setgroups(0) before it changes the user). Where the system has no program that
 * keeps them, the account starts without: `groupsOfRun` says which it has.
 */
export async function runAs(account: Account | null, cwd: string): Promise<RunAs> {
  if (account === null) return { words: [], options: {} }
  const way = await wayFor(account)
  if (way === null) return { words: [], options: { uid: account.uid, gid: account.gid } }
  return { words: way.folder ? [...way.words, cwd] : way.words, options: {} }
}

/** The groups that a program which root starts as this account has. */
export async function groupsOfRun(account: Account): Promise<number[]> {
  return hasFurtherGroups(account) && (await wayFor(account)) === null ? [account.gid] : [...account.groups]
}

/**
 * What can put an account on: `setpriv` of util-linux; `chroot` into the root that is there already (of GNU; of BSD and
 * macOS, which starts in that root). All of them end by becoming the program.
 */
export function waysToRunAs({ uid, gid, groups }: Account, platform: NodeJS.Platform = process.platform): Way[] {
  const list = [gid, ...groups.filter((one) => one !== gid)]
  if (platform === 'darwin') {
    const names = ['-u', String(uid), '-g', String(gid), '-G', list.slice(0, mostGroupsOnMac).join(',')]
    return [{ words: ['chroot', ...names, '/', '/bin/sh', '-c', 'cd -- "$0" && exec "$@"'], folder: true }]
  }
  const groupList = `--groups=${list.join(',')}`
  return [
    { words: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, groupList, '--'], folder: false },
    { words: ['chroot', `--userspec=+${uid}:+${gid}`, groupList, '--skip-chdir', '--', '/'], folder: false },
  ]
}

/** The first of these ways that is there and works; null where none does. */
export async function firstThatWorks(ways: readonly Way[], account: Account): Promise<Way | null> {
  for (const { words, folder } of ways) {
    const [name = '', ...args] = words
    const program = (await findProgram(name)) ?? (await findProgram(name, { PATH: systemFolders }))
    if (program === null) continue
    const way = { words: [program, ...args], folder }
    if (await works(way, account)) return way
  }
  return null
}

const found = new Map<string, Promise<Way | null>>()

/** Null also where nothing but user and group is to be changed. */
async function wayFor(account: Account): Promise<Way | null> {
  if (!hasFurtherGroups(account)) return null
  const key = [account.uid, account.gid, ...account.groups].join(':')
  const way = found.get(key) ?? firstThatWorks(waysToRunAs(account), account)
  found.set(key, way)
  return way
}

const hasFurtherGroups = ({ gid, groups }: Account): boolean => groups.some((one) => one !== gid)

/** Asks a program that is started so for its user and groups. */
async function works({ words, folder }: Way, { uid, groups }: Account): Promise<boolean> {
  const [program, ...args] = [...words, ...(folder ? ['/'] : []), '/bin/sh', '-c', 'id -u; id -G']
  const env = { PATH: `${process.env.PATH ?? ''}:${systemFolders}` }
  const said = await run(program, args, { env, timeout: 10_000 }).catch(() => null)
  const [user, all = ''] = said?.stdout.split('\n') ?? []
  const has = all.split(' ').map(Number)
  return user === String(uid) && groups.slice(0, mostGroupsOnMac).every((one) => has.includes(one))
}
