import { constants as flags, createWriteStream } from 'node:fs'
import { chmod, lchown, link, mkdir, open, readdir, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Account } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { isRoot } from '../plan/folder.ts'

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
  await copyFolder(pristine, into, { account, owner: isRoot() ? uid : null }, mayLink, true)
  return into
}

interface Copying {
  readonly account: Pick<Account, 'uid' | 'gid'> | null
  /** whose all files of the pristine tree are, where root copies them; null where the system judges */
  readonly owner: number | null
}

async function copyFolder(from: string, to: string, copying: Copying, mayLink: boolean, top: boolean): Promise<void> {
  const { account } = copying
  const { mode, atime, mtime } = await stat(from)
  await mkdir(to, { mode: 0o700 })
  const entries = await readdir(from, { withFileTypes: true })
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)]
      if (entry.isDirectory()) return copyFolder(source, target, copying, top ? mayLink && shared.has(entry.name) : mayLink, false)
      if (!top && mayLink && (await link(source, target).then(() => true, () => false))) return undefined
      return copyOne(source, target, copying)
    }),
  )
  if (process.platform !== 'win32') {
    if (account !== null) await lchown(to, account.uid, account.gid)
    await chmod(to, mode & 0o777)
  }
  await utimes(to, atime, mtime)
}

/** The pristine tree belongs to an account that may put a link into it: root gives no file of anybody else on. */
async function copyOne(source: string, target: string, { account, owner }: Copying): Promise<void> {
  const handle = await open(source, flags.O_RDONLY | (flags.O_NOFOLLOW ?? 0) | (flags.O_NONBLOCK ?? 0))
  try {
    const { mode, atime, mtime, uid } = await handle.stat()
    if (owner !== null && uid !== owner) throw problem('untrusted_folder', { path: source, why: `belongs to account ${uid}, not to ${owner}` })
    await pipeline(handle.createReadStream({ autoClose: false }), createWriteStream(target, { flags: 'wx', mode: 0o600 }))
    if (process.platform !== 'win32') {
      if (account !== null) await lchown(target, account.uid, account.gid)
      await chmod(target, mode & 0o777)
    }
    await utimes(target, atime, mtime)
  } finally {
    await handle.close()
  }
}
