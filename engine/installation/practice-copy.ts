import { randomBytes } from 'node:crypto'
import { access, readdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { HostInfo } from '../../shared/contract/host.ts'
import type { Account } from '../../shared/contract/installation.ts'
import type { Progress } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import { removeTree } from '../plan/remove-entry.ts'
import { whatStandsInTheWay } from './access.ts'
import { callerAccount, describeAccount } from './accounts.ts'
import { withFileLock } from './file-lock.ts'
import { practiceAccount } from './practice-account.ts'
import { cacheFolder, practiceFolders, type PracticeFolders } from './practice-cache.ts'
import { homeFromPristine } from './practice-home.ts'
import { findMaven } from './practice-maven.ts'
import { isComplete, makePristine } from './practice-pristine.ts'
import { defaultPracticeVersion, practiceVersion } from './practice-versions.ts'

export interface PracticeWish {
  readonly version?: string | undefined
  /** root only: whom it is to belong to */
  readonly user?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * A home of Elasticsearch to try and develop with, ready for use: `cache/practice/VERSION/home`, fetched where it is not there
 * yet. A home that is there is given as it is, used or not. Its owner is that of `practiceAccount`; for another one than
 * the first it is a home of its own. Problems: those of `pristineCopy`.
 */
export async function practiceCopy(wish: PracticeWish): Promise<string> {
  const { wanted, folders, account, signal, onProgress } = await prepared(wish)
  await makePristine({ wanted, folders, account, signal, onProgress })
  const home = await homeFor(folders, account)
  if (!(await isThere(home))) await withFileLock(folders.lock, { signal }, () => makeHome(home, folders, account))
  const owner = account === null ? '' : `; it belongs to ${describeAccount(account)}`
  onProgress({ text: `The practice copy of Elasticsearch ${wanted.version} is ready in ${home}${owner}`, done: 1, total: 1, unit: 'steps' })
  return home
}

/**
 * The pristine tree of a version, never to be run: `cache/practice/VERSION/pristine`. Problems: `practice_version`, `maven_missing`,
 * `practice_fetch_failed`, `practice_torn`, `practice_no_room`, `cache_unreachable`, `user_needs_root`, `no_such_account`, `would_run_as_root`.
 */
export async function pristineCopy(wish: PracticeWish): Promise<string> {
  const work = await prepared(wish)
  await makePristine(work)
  return work.folders.pristine
}

/** What a page or `up` may offer, without asking the network. `checkout`: the folder of the sources, null in what is installed, where nobody has heard of a practice copy. */
export async function practiceOffer(asked: { checkout: string | null; version?: string }): Promise<HostInfo['practice']> {
  const wanted = practiceVersion(asked.version ?? defaultPracticeVersion)
  const folders = practiceFolders(wanted.version)
  const account = await practiceAccount().catch(() => null)
  const [complete, maven, home] = await Promise.all([isComplete(folders, wanted), findMaven(), homeFor(folders, account)])
  const trouble = asked.checkout === null || complete || maven !== null ? null : problem('maven_missing', {})
  return {
    offered: asked.checkout !== null && trouble === null,
    version: wanted.version,
    home: (await isThere(home)) ? home : null,
    downloadBytes: complete ? 0 : wanted.bytes,
    owner: ownerInWords(account),
    trouble: trouble === null ? null : `${trouble.message} ${trouble.remedy}`,
  }
}

async function prepared(wish: PracticeWish) {
  const wanted = practiceVersion(wish.version)
  const folders = practiceFolders(wanted.version)
  const account = await practiceAccount({ user: wish.user })
  await reachable(account)
  return { wanted, folders, account, signal: wish.signal ?? new AbortController().signal, onProgress: wish.onProgress ?? (() => undefined) }
}

/** A cache that root chose must be open to the account that will run what is in it; folders still to be made will be. */
async function reachable(account: Account | null): Promise<void> {
  if (account === null) return
  const cache = cacheFolder()
  const at = await whatStandsInTheWay(await nearestThere(cache), account, 'x')
  if (at !== null) throw problem('cache_unreachable', { cache, at, account: describeAccount(account) })
}

async function makeHome(home: string, folders: PracticeFolders, account: Account | null): Promise<void> {
  if (await isThere(home)) return
  const names = await readdir(folders.version)
  for (const name of names.filter((one) => one.includes('.making-'))) await removeTree(join(folders.version, name))
  const making = `${home}.making-${randomBytes(4).toString('hex')}`
  try {
    await homeFromPristine({ pristine: folders.pristine, into: making, account })
    await rename(making, home)
  } finally {
    await removeTree(making)
  }
}

/** The first owner's home has the plain name; whoever else asks (root with another `--user`) gets a home beside it. */
async function homeFor(folders: PracticeFolders, account: Account | null): Promise<string> {
  const home = join(folders.version, 'home')
  const there = await stat(home).catch(() => null)
  return there === null || account === null || there.uid === account.uid ? home : `${home}-${account.uid}`
}

async function nearestThere(path: string): Promise<string> {
  return (await isThere(path)) || dirname(path) === path ? path : nearestThere(dirname(path))
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false)
}

function ownerInWords(account: Account | null): string {
  const owner = account ?? callerAccount()
  return owner === null ? 'this user' : describeAccount(owner)
}
