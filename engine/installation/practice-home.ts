import { constants } from 'node:fs'
import { chmod, copyFile, lchown, link, lstat, mkdir, readdir, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'

/** What a node never writes to, and therefore may share with the pristine tree. */
const shared = new Set(['lib', 'modules'])

/**
 * Makes a further home at `into` (which must not be there) from a pristine tree, for `account` (null: the caller). Programs
 * and libraries are hard links where file system and owner allow it, all that is written to is a copy: a home takes milliseconds and no space.
 */
export async function homeFromPristine(asked: { pristine: string; into: string; account: Pick<Account, 'uid' | 'gid'> | null }): Promise<string> {
  const { pristine, into, account } = asked
  const { uid } = await stat(pristine)
  // A link shares the owner: only where both are to have the same one.
  const mayLink = account === null || account.uid === uid
  await copyFolder(pristine, into, account, mayLink, true)
  return into
}

async function copyFolder(from: string, to: string, account: Pick<Account, 'uid' | 'gid'> | null, mayLink: boolean, top: boolean): Promise<void> {
  const { mode, atime, mtime } = await stat(from)
  await mkdir(to, { mode: 0o700 })
  const entries = await readdir(from, { withFileTypes: true })
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)]
      if (entry.isDirectory()) return copyFolder(source, target, account, top ? mayLink && shared.has(entry.name) : mayLink, false)
      if (!top && mayLink && (await link(source, target).then(() => true, () => false))) return undefined
      return copyOne(source, target, account)
    }),
  )
  if (process.platform !== 'win32') {
    if (account !== null) await lchown(to, account.uid, account.gid)
    await chmod(to, mode & 0o777)
  }
  await utimes(to, atime, mtime)
}

async function copyOne(source: string, target: string, account: Pick<Account, 'uid' | 'gid'> | null): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_FICLONE)
  const { mode, atime, mtime } = await lstat(source)
  if (process.platform !== 'win32') {
    if (account !== null) await lchown(target, account.uid, account.gid)
    await chmod(target, mode & 0o777)
  }
  await utimes(target, atime, mtime)
}
