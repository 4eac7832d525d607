import type { Stats } from 'node:fs'
import { constants as flags, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isRoot } from '../plan/folder.ts'
import { allows } from './access.ts'
import { accountByUid, systemAccounts, withAllGroups } from './accounts.ts'

/** The system's code for a file that is there for root alone, not for the account whose folder leads to it. */
export const notForOwner = 'ENOTFOROWNER'

/**
 * What a file of the configuration holds, also through a link. Called by root: only where the owner of the folder around it may read it as well, so that a link to somebody
 * else's file is not taken for settings and shown. Waits for no pipe. Ends with the system's own errors, `EISDIR` for what is no file, or `notForOwner`.
 */
export async function readOwned(path: string): Promise<Buffer> {
  const handle = await open(path, flags.O_RDONLY | (flags.O_NONBLOCK ?? 0))
  try {
    const file = await handle.stat()
    if (!file.isFile()) throw refused('EISDIR', path)
    if (isRoot() && !(await ownerMayRead(file, await stat(dirname(path))))) throw refused(notForOwner, path)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

/**
 * Whether the account that owns a folder may read a file, by any of its own groups: that of the folder may be another.
 */
export async function ownerMayRead(file: Rights, { uid, gid }: Pick<Rights, 'uid' | 'gid'>): Promise<boolean> {
  const groupIsLikeOthers = ((file.mode >> 3) & 4) === (file.mode & 4)
  if (file.uid === uid || groupIsLikeOthers) return allows(file, { name: null, uid, gid, groups: [] }, 'r')
  const source = await systemAccounts()
  return allows(file, await withAllGroups(await accountByUid(uid, source, gid), source), 'r')
}

type Rights = Pick<Stats, 'uid' | 'gid' | 'mode'>

function refused(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}
