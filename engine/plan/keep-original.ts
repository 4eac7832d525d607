import { join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { createFile } from './create-file.ts'
import { codeOf } from './disk-problem.ts'
import { link, lutimes, mkdir, symlink, lchown } from './disk.ts'
import { openToRead, readEntry } from './entry.ts'
import { inFolder, openFolder, syncFolder, type Folder } from './folder.ts'
import { giveOwner } from './give-owner.ts'
import { beforeName, type Kept } from './journal.ts'
import { ignoreGone } from './own-folder.ts'
import { unlinkFile } from './patiently.ts'

/** Makes `.firstnode/before/` (0700, owner as ours) where it is not there; `give` is called before it is given to its owner. */
export async function makeBefore(own: Folder, give: () => void | Promise<void>): Promise<void> {
  const made = await mkdir(own.at(beforeName), { mode: 0o700 }).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'EEXIST') throw thrown
    return 'there'
  })
  if (made === 'there') return
  await give()
  const before = await openFolder(join(own.path, beforeName), own.at(beforeName))
  try {
    if (before.handle !== null && before.uid !== own.uid) await giveOwner(before.handle, own)
  } finally {
    await before.close()
  }
  await syncFolder(own)
}

/**
 * Keeps the original at `name` in `before/`. A second (hard) link to it is the best keeping there is: put back, the file is the same
 * one, with its times to the nanosecond, access lists and labels, and it needs no room on a full disk. Where the file system has no such
 * links it is copied, to 0600. `changed_meanwhile` where what was kept is not what the plan replaces.
 */
export async function keepOriginal(own: Folder, folder: Folder, name: string, kept: Kept): Promise<void> {
  await inFolder(own, [beforeName], async (before) => {
    const linked = kept.kind === 'link' && process.platform !== 'linux' ? false : await tryLink(folder.at(name), before.at(kept.name))
    if (!linked) await copyOriginal(before, folder, name, kept)
    const entry = await readEntry(before, kept.name)
    if (entry.kind !== kept.kind || entry.sha256 !== kept.sha256) {
      await unlinkFile(before.at(kept.name)).catch(ignoreGone)
      throw problem('changed_meanwhile', { path: join(folder.path, name) })
    }
    await syncFolder(before)
  })
}

async function tryLink(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (thrown: unknown) => {
      // no such links on this file system, across it, for this account, or to this file
      if (['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EINVAL', 'UNKNOWN'].includes(codeOf(thrown) ?? '')) return false
      throw thrown
    },
  )
}

async function copyOriginal(before: Folder, folder: Folder, name: string, kept: Kept): Promise<void> {
  const owner = { uid: before.uid, gid: before.gid }
  if (kept.kind === 'link') {
    const entry = await readEntry(folder, name)
    if (entry.kind !== 'link') throw problem('changed_meanwhile', { path: join(folder.path, name) })
    await symlink(entry.target, before.at(kept.name))
    await lchown(before.at(kept.name), owner.uid, owner.gid).catch(() => undefined)
    await lutimes(before.at(kept.name), Number(kept.atimeNs) / 1e9, Number(kept.mtimeNs) / 1e9).catch(() => undefined)
    return
  }
  const handle = await openToRead(folder, name)
  try {
    await createFile(before, kept.name, await handle.readFile(), { mode: 0o600, owner, times: kept })
  } finally {
    await handle.close()
  }
}
