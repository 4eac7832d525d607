import type { Stats } from 'node:fs'
import { basename, dirname, join, parse, sep } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { codeOf, diskProblem } from '../plan/disk-problem.ts'
import { mkdir, readdir, realpath } from '../plan/disk.ts'
import { isRoot, openFolder, type Folder } from '../plan/folder.ts'
import { giveOwner } from '../plan/give-owner.ts'
import { allows } from './access.ts'

/** What the account must be able to do with the directory itself: list it, change its entries, or call it its own. */
export type Right = 'list' | 'write' | 'own'

/**
 * Opens the directory `path` for what root does there on behalf of `account`, whose settings named it: only where the account could come and do it
 * itself. Links are resolved once; then each directory is opened by the descriptor of the one above it, following none, and must let the account in.
 * Not called by root (or `account` null) the system judges, and no more is asked. Problems: `untrusted_folder`, `not_a_folder`, `write_…`.
 */
export async function openForAccount(path: string, account: Account | null, right: Right): Promise<Folder> {
  const real = await realpath(path).catch((thrown: unknown) => {
    throw diskProblem(thrown, path)
  })
  if (!isRoot() || account === null) return openFolder(real)
  return descend(real, account, right, null)
}

/** The same, null where nothing stands at `path`. */
export async function findForAccount(path: string, account: Account | null, right: Right): Promise<Folder | null> {
  return openForAccount(path, account, right).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return null
    throw thrown
  })
}

/**
 * Opens the directory `path`, to be written to, making it and those above it where they are missing: for root as the account's, and only where the
 * account could make them itself.
 */
export async function makeForAccount(path: string, account: Account | null): Promise<Folder> {
  if (!isRoot() || account === null) {
    await mkdir(path, { recursive: true })
    return openFolder(await realpath(path))
  }
  const missing: string[] = []
  for (let at = path; ; at = dirname(at)) {
    const real = await realpath(at).catch((thrown: unknown) => {
      if (codeOf(thrown) === 'ENOENT' && dirname(at) !== at) return null
      throw diskProblem(thrown, at)
    })
    if (real !== null) return descend(join(real, ...missing), account, 'write', account)
    missing.unshift(basename(at))
  }
}

/** From the root of the file system down, one descriptor after the other. `maker`: whose the directories are that are missing, null where none may be. */
async function descend(real: string, account: Account, right: Right, maker: Account | null): Promise<Folder> {
  const { root } = parse(real)
  const parts = real.slice(root.length).split(sep).filter((part) => part !== '')
  let folder = await openFolder(root)
  try {
    for (const part of parts) {
      await refuseUnless(folder, account, 'x')
      const inner = await step(folder, part, maker)
      await folder.close()
      folder = inner
    }
    if (right === 'own' && folder.uid !== account.uid) throw untrusted(folder, `belongs to account ${folder.uid}, not to ${account.uid} that runs the node`)
    if (right === 'list') await refuseUnless(folder, account, 'r')
    if (right === 'write') await refuseUnless(folder, account, 'w')
    await refuseUnless(folder, account, 'x')
    return folder
  } catch (thrown) {
    await folder.close()
    throw thrown
  }
}

async function step(folder: Folder, name: string, maker: Account | null): Promise<Folder> {
  const path = join(folder.path, name)
  if (maker === null) return openFolder(path, folder.at(name))
  const found = await openFolder(path, folder.at(name)).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return null
    throw thrown
  })
  return found ?? make(folder, name, maker)
}

async function make(folder: Folder, name: string, maker: Account): Promise<Folder> {
  await refuseUnless(folder, maker, 'w')
  const path = join(folder.path, name)
  await mkdir(folder.at(name)).catch((thrown: unknown) => {
    throw diskProblem(thrown, path)
  })
  const made = await openFolder(path, folder.at(name))
  // What is not empty was not made here: another took its name.
  const ours = made.uid === 0 && (await readdir(made.at('.'))).length === 0
  if (ours && made.handle !== null) await giveOwner(made.handle, maker)
  return ours ? { ...made, uid: maker.uid, gid: maker.gid } : made
}

const words = { r: 'be listed', w: 'be written to', x: 'be entered' } as const

async function refuseUnless(folder: Folder, account: Account, wanted: keyof typeof words): Promise<void> {
  const stat = await folder.handle?.stat()
  if (stat !== undefined && !allows(stat, account, wanted)) throw untrusted(folder, `may not ${words[wanted]} by account ${account.uid} that runs the node`)
}

function untrusted(folder: Folder, why: string): Error {
  return problem('untrusted_folder', { path: folder.path, why })
}

/** Whether root may show or keep for `account` what an opened file holds: only what the account may read itself. Always, where not root asks. */
export function mayBeRead(stat: Stats, account: Account | null): boolean {
  return !isRoot() || account === null || allows(stat, account, 'r')
}

/** The number that directories must belong to before root deletes in them for `account`; null where the system judges. */
export function trustedOwner(account: Account | null): number | null {
  return isRoot() && account !== null ? account.uid : null
}
