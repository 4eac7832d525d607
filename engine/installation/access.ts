import { constants, type Stats } from 'node:fs'
import { access, open, opendir, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'
import { callerAccount } from './accounts.ts'

export type Wanted = 'r' | 'w' | 'x'

const bit: Record<Wanted, number> = { r: 4, w: 2, x: 1 }
const question: Record<Wanted, number> = { r: constants.R_OK, w: constants.W_OK, x: constants.X_OK }

/**
 * May this account read, write or enter (execute) the path? `account` null asks for the caller itself.
 * For another account it is judged by owner, group and mode of the path and of every folder above it, so that root can
 * ask for the account that will run the node. Best effort: POSIX ACLs and other means beyond mode bits are not seen.
 */
export async function mayAccess(path: string, account: Account | null, wanted: Wanted, platform = process.platform): Promise<boolean> {
  return (await whatStandsInTheWay(path, account, wanted, platform)) === null
}

/** As `mayAccess`, but gives the path that refuses: the path itself, or the folder above it that is closed. Null where nothing does. */
export async function whatStandsInTheWay(
  path: string,
  account: Account | null,
  wanted: Wanted,
  platform = process.platform,
): Promise<string | null> {
  const real = await realpath(path).catch(() => null)
  if (real === null) return path
  if (platform === 'win32') return (await windowsLets(real, wanted)) ? null : path
  const caller = callerAccount()
  const itself = account === null || caller?.uid === account.uid
  // A read-only mount or an immutable file refuses everybody, root as well: only the system knows.
  const refused = await access(real, question[wanted]).then(() => false, (thrown: NodeJS.ErrnoException) => itself || thrown.code === 'EROFS')
  if (refused) return path
  if (itself) return null
  for (const folder of foldersAbove(real)) {
    if (!allows(await stat(folder), account, 'x')) return folder
  }
  return allows(await stat(real), account, wanted) ? null : path
}

/**
 * Asked whether it lets somebody in, Windows looks at the read-only mark alone, not at the access list. So it is tried: opening changes nothing. Only whether a
 * folder may be written to cannot be tried without writing: that shows when the first file is made there, before anything is changed.
 */
async function windowsLets(path: string, wanted: Wanted): Promise<boolean> {
  const stats = await stat(path).catch(() => null)
  if (stats === null) return false
  const attempt = stats.isDirectory() ? (wanted === 'w' ? access(path, constants.W_OK) : opendir(path).then((folder) => folder.close())) : open(path, wanted === 'w' ? 'r+' : 'r').then((file) => file.close())
  return attempt.then(() => true, () => false)
}

/** Whether a path is on a file system that is mounted read-only: nobody can write there. */
export async function isReadOnly(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(() => false, (thrown: NodeJS.ErrnoException) => thrown.code === 'EROFS')
}

/** What the mode bits say for this account: the owner's where it is the owner, else the group's, else everybody's. */
export function allows(stats: Pick<Stats, 'uid' | 'gid' | 'mode'>, account: Account, wanted: Wanted): boolean {
  if (account.uid === 0) return wanted !== 'x' || (stats.mode & 0o111) !== 0 || (stats.mode & constants.S_IFMT) === constants.S_IFDIR
  const shift = stats.uid === account.uid ? 6 : account.groups.includes(stats.gid) || account.gid === stats.gid ? 3 : 0
  return ((stats.mode >> shift) & bit[wanted]) !== 0
}

function foldersAbove(path: string): string[] {
  const above = dirname(path)
  return above === path ? [] : [...foldersAbove(above), above]
}
