import { randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, open, readdir, realpath, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'
import type { Progress } from '../../shared/contract/target.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { openFolder, type Folder } from '../plan/folder.ts'
import { processIdentity } from '../plan/process-identity.ts'
import { removeEntry } from '../plan/remove-entry.ts'
import { renameFile } from '../plan/rename-file.ts'
import { askSystem, type Ask } from '../system/ask-system.ts'
import { whyUnreadable } from '../system/why-unreadable.ts'
import { whatStandsInTheWay } from './access.ts'
import { accountByName, accountByUid, callerAccount, describeAccount } from './accounts.ts'
import { archiveBounds } from './archive-bounds.ts'
import { readTar } from './archive-tar.ts'
import { archiveTree, RefusedEntry } from './archive-tree.ts'
import { readZip, TornEntry } from './archive-zip.ts'
import { giveTree } from './give-tree.ts'
import { diskOf } from './machine.ts'
import { takeOffQuarantine } from './quarantine.ts'
import { practiceAccount } from './practice-account.ts'
import { refuseOtherMachine } from './made-for.ts'
import { isHome, versionOf } from './version.ts'
import { wholeHome } from './whole-home.ts'

export interface ArchiveWish {
  readonly archive: string
  /** the folder the home will lie in, under its own name; made where only it is missing */
  readonly into: string
  /** root only: whom it is to belong to */
  readonly user?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  readonly platform?: NodeJS.Platform
  readonly ask?: Ask
  /** free bytes of the file system below a path; null where none can be asked */
  readonly freeBytes?: (path: string) => Promise<number | null>
  /** what is looked for in it: Elasticsearch, where nothing is said */
  readonly holds?: Holding
}

/** What an archive must hold. */
export interface Holding {
  /** Is this folder, which was unpacked, a whole one? Throws a problem where it is one that is not for us. */
  isWhole(folder: string, archive: string): Promise<boolean>
  /** the problem of an archive without one */
  missing(archive: string): Problem
}

/** Elasticsearch, of a version whose security can be configured. */
export const elasticsearch: Holding = {
  async isWhole(folder, archive) {
    if (!(await isHome(folder))) return false
    const version = await versionOf(folder).catch(() => null)
    if (version !== null && version.major < 8) throw problem('version_too_old', { home: archive, version: version.text })
    return wholeHome(folder).then(() => true, () => false)
  },
  missing: (archive) => problem('archive_no_elasticsearch', { archive }),
}

const temporary = '.firstnode-unpacking-'

/**
 * Unpacks a `.tar.gz` or `.zip` of Elasticsearch and gives the path of its home: `into/elasticsearch-9.4.3`, or `…-2` where that
 * name is taken. Written to a hidden folder beside and moved in one step, so that a torn or refused archive, a full disk or a
 * cancel leaves nothing. Called by root it belongs to `user`, else to the owner of `into`, else to whom a practice copy would.
 * Problems: `archive_unreadable`, `archive_unknown`, `archive_torn`, `archive_malicious`, `archive_too_large`, `archive_no_room`, `archive_no_elasticsearch`, `archive_other_machine`,
 * `archive_target`, `version_too_old`.
 */
export async function unpackArchive(wish: ArchiveWish): Promise<string> {
  const { onProgress = () => undefined, signal = new AbortController().signal, platform = process.platform, ask = askSystem, holds = elasticsearch } = wish
  const { freeBytes = async (path: string) => (await diskOf(path))?.freeBytes ?? null } = wish
  const archive = resolve(wish.archive)
  const into = resolve(wish.into)
  const kind = await kindOf(archive)
  const isNew = await openInto(into)
  try {
    const target = await openFolder(await realpath(into))
    try {
      const account = await accountFor(target, wish.user)
      await removeLeftovers(target)
      const name = await unpackBeside(target, { archive, kind, account, signal, onProgress, holds, platform, freeBytes: await freeBytes(into), unquarantine: (home) => takeOffQuarantine(home, platform, ask) })
      const home = join(into, name)
      const owner = account === null ? '' : `; it belongs to ${describeAccount(account)}`
      onProgress({ text: `Unpacked to ${home}${owner}`, done: 1, total: 1, unit: 'steps' })
      return home
    } finally {
      await target.close()
    }
  } catch (thrown) {
    if (isNew) await rmdir(into).catch(() => undefined)
    throw signal.aborted ? thrown : told(thrown, archive, into)
  }
}

/** Refuses a folder, before an archive is there, whose home could not be given to whom it would belong to. Problems: `archive_target`, `would_run_as_root`, `user_needs_root`, `no_such_account`. */
export async function judgeTarget(into: string, user: string | undefined): Promise<void> {
  const isThere = await stat(into).then((stats) => stats.isDirectory(), () => false)
  const target = await openFolder(await realpath(isThere ? into : dirname(into)))
  try {
    await accountFor(target, user)
  } finally {
    await target.close()
  }
}

interface Unpacking {
  readonly archive: string
  readonly kind: 'tar' | 'zip'
  readonly account: Account | null
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  readonly holds: Holding
  readonly platform: NodeJS.Platform
  readonly freeBytes: number | null
  readonly unquarantine: (home: string) => Promise<void>
}

async function unpackBeside(target: Folder, { archive, kind, account, signal, onProgress, holds, platform, freeBytes, unquarantine }: Unpacking): Promise<string> {
  const name = `${temporary}${process.pid}-${randomBytes(4).toString('hex')}`
  await mkdir(target.at(name), { mode: 0o700 })
  const inside = await openFolder(join(target.path, name), target.at(name))
  try {
    const root = inside.at('')
    const { size } = await stat(archive)
    const bounds = archiveBounds({ archive, archiveBytes: size, into: target.path, freeBytes })
    const tree = archiveTree(root, bounds, platform)
    const text = `Unpacking ${basename(archive)}`
    const onBytes = (done: number, total = size): void => onProgress({ text, done, total, unit: 'bytes' })
    await (kind === 'tar' ? readTar(archive, { tree, bounds }, signal, onBytes) : readZip(archive, { tree, bounds }, signal, onBytes))
    await tree.finish()
    const home = await homeIn(root, archive, holds)
    await refuseOtherMachine(home, archive, { platform, processor: process.arch })
    await unquarantine(home)
    if (account !== null) await giveTree(home, account)
    // The hidden folder was closed to all others, until it was given; as a home it must be open like any.
    if (home === root) await chmod(root, 0o755)
    signal.throwIfAborted()
    const wanted = home === root ? basename(archive).replace(/\.(?:tar\.gz|tgz|zip)$/i, '') : basename(home)
    return await moveTo(target, home === root ? target.at(name) : home, wanted)
  } finally {
    await inside.close()
    await removeEntry(target, name, null)
  }
}

/** Never over something that is there: the next free name instead. */
async function moveTo(target: Folder, home: string, wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (await lstat(target.at(name)).then(() => true, () => false)) continue
    await renameFile(home, target.at(name))
    return name
  }
}

/** What was unpacked, or the folder in it, or the one in that. */
async function homeIn(root: string, archive: string, holds: Holding): Promise<string> {
  const below = await foldersIn(root)
  const deeper = await Promise.all(below.map(foldersIn))
  for (const folder of [root, ...below, ...deeper.flat()]) if (await holds.isWhole(folder, archive)) return folder
  throw holds.missing(archive)
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name)).slice(0, 100)
}

async function kindOf(archive: string): Promise<'tar' | 'zip'> {
  const handle = await open(archive).catch((thrown: NodeJS.ErrnoException) => {
    throw problem('archive_unreadable', { archive, why: whyUnreadable(thrown) }, { cause: thrown })
  })
  try {
    if ((await handle.stat()).isDirectory()) throw problem('archive_unreadable', { archive, why: 'it is a folder' })
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    if (bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) return 'tar'
    if (bytesRead === 4 && buffer.toString('latin1').startsWith('PK')) return 'zip'
    if (/\.(?:tar\.gz|tgz|zip)$/i.test(archive)) throw problem('archive_torn', { archive, why: 'it does not begin like an archive' })
    throw problem('archive_unknown', { archive })
  } finally {
    await handle.close()
  }
}

/** True where the folder had to be made. */
async function openInto(into: string): Promise<boolean> {
  const stats = await stat(into).catch(() => null)
  if (stats?.isDirectory()) return false
  if (stats !== null) throw problem('archive_target', { into, why: 'it is a file' })
  const above = await stat(dirname(into)).catch(() => null)
  if (above === null) throw problem('archive_target', { into, why: `${dirname(into)} is not there` })
  await mkdir(into, { mode: 0o755 }).catch((thrown: unknown) => {
    throw told(thrown, into, into)
  })
  return true
}

async function accountFor(target: Folder, user: string | undefined): Promise<Account | null> {
  const caller = callerAccount()
  if (caller === null || caller.uid !== 0) return user === undefined ? null : practiceAccount({ user })
  const account = user !== undefined ? await accountByName(user) : target.uid !== 0 ? await accountByUid(target.uid, undefined, target.gid) : await practiceAccount()
  if (account?.uid === 0) throw problem('would_run_as_root', { home: target.path })
  const closed = account === null ? null : await whatStandsInTheWay(target.path, account, 'x')
  if (account !== null && closed !== null) throw problem('archive_target', { into: target.path, why: `${closed} is closed to ${describeAccount(account)}, who would run it` })
  return account
}

/** Hidden folders of a Firstnode that was killed while it unpacked here. */
async function removeLeftovers(target: Folder): Promise<void> {
  const names = await readdir(target.at('')).catch((): string[] => [])
  for (const name of names.filter((one) => one.startsWith(temporary))) {
    const pid = Number.parseInt(name.slice(temporary.length), 10)
    if ((await processIdentity(pid)) === null) await removeEntry(target, name, null)
  }
}

/** What the file system, zlib or a reader said, as a problem. */
function told(thrown: unknown, archive: string, into: string): unknown {
  if (thrown instanceof Problem) return thrown
  if (thrown instanceof RefusedEntry) return problem('archive_malicious', { archive, entry: thrown.entry, why: thrown.why })
  const { code, message } = thrown as NodeJS.ErrnoException
  const words: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'it is on a read-only file system',
    EACCES: 'this account may not write there',
    EPERM: 'this account may not write there',
    ENAMETOOLONG: 'the path becomes too long',
  }
  if (code !== undefined && code in words) return problem('archive_target', { into, why: words[code] ?? message }, { cause: thrown })
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return thrown
  return problem('archive_torn', { archive, why: whyTorn(thrown) }, { cause: thrown, detail: message })
}

/** zlib tells by its code; what a reader of archives misses has no meaning to a person. */
function whyTorn(thrown: unknown): string {
  if (thrown instanceof TornEntry) return thrown.message
  const { code } = thrown as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR') return 'it ends too early'
  return code?.startsWith('Z_') ? 'its compressed data is corrupt' : 'its list of files is corrupt'
}
