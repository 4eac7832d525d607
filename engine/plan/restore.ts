import { join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { createFile } from './create-file.ts'
import { codeOf } from './disk-problem.ts'
import { lchown, link, lutimes, readdir } from './disk.ts'
import { openToRead, readEntry } from './entry.ts'
import { isRoot, syncFolder, type Folder } from './folder.ts'
import { giveOwner } from './give-owner.ts'
import type { Kept } from './journal.ts'
import { ignoreGone } from './own-folder.ts'
import { unlinkFile } from './patiently.ts'
import { renameFile } from './rename-file.ts'
import { setTimes } from './times.ts'

/** Puts a kept original back to `name`, in one step: at no moment is there nothing. */
export async function restoreKept(before: Folder, folder: Folder, name: string, kept: Kept): Promise<void> {
  await giveTraits(before, kept)
  await renameFile(before.at(kept.name), folder.at(name)).catch(async (thrown: unknown) => {
    if (codeOf(thrown) !== 'EXDEV') throw thrown
    await copyAcross(before, folder, name, kept)
  })
  await syncFolder(folder)
}

/** What something that goes back is written as beside its place, until it is whole. */
export const backName = (kept: Kept): string => `.firstnode-${kept.name}.back`

/** Writes `text` to `name` in one step, with the mode and owner of the file that stands there. */
export async function putText(folder: Folder, name: string, text: string, kept: Kept): Promise<void> {
  const now = await readEntry(folder, name)
  if (now.kind !== 'file') throw problem('not_a_plain_file', { path: join(folder.path, name), what: 'no plain file' })
  const torn = backName(kept)
  await unlinkFile(folder.at(torn)).catch(ignoreGone)
  await createFile(folder, torn, Buffer.from(text), { mode: now.mode & 0o777, owner: { uid: now.uid, gid: now.gid } })
  await renameFile(folder.at(torn), folder.at(name))
  await syncFolder(folder)
}

/** Keeps what stands at `name` beside it as `NAME.<epoch>.orig`, as stock names what it moves away, and gives that name. */
export async function keepBeside(folder: Folder, name: string): Promise<string> {
  const now = await readEntry(folder, name)
  for (const other of await readdir(folder.at('.'))) {
    if (!other.startsWith(`${name}.`) || !other.endsWith('.orig')) continue
    const entry = await readEntry(folder, other)
    // done before a death of ours
    if ('id' in entry && 'id' in now && entry.id === now.id) return other
  }
  const beside = await freeNameBeside(folder, name)
  await link(folder.at(name), folder.at(beside)).catch(() => renameFile(folder.at(name), folder.at(beside)))
  return beside
}

/** The first `NAME.<epoch>.orig` from now on that is not taken. */
export async function freeNameBeside(folder: Folder, name: string): Promise<string> {
  for (let epoch = Math.floor(Date.now() / 1000); ; epoch++) {
    const beside = `${name}.${epoch}.orig`
    if ((await readEntry(folder, beside)).kind === 'absent') return beside
  }
}

/**
 * An original that was copied gets back what it carried. A journal can be forged by the account that owns it, so root gives
 * a file to nobody else than that account, and never a set-uid bit.
 */
async function giveTraits(before: Folder, kept: Kept): Promise<void> {
  if (process.platform === 'win32') return
  const now = await readEntry(before, kept.name)
  if (!('id' in now)) throw problem('changed_meanwhile', { path: join(before.path, kept.name) })
  if (now.uid === kept.uid && now.gid === kept.gid && now.mode === kept.mode && now.mtimeNs === kept.mtimeNs) return
  const owner = isRoot() && before.uid !== 0 ? { uid: before.uid, gid: before.gid } : { uid: kept.uid, gid: kept.gid }
  if (now.kind === 'link') {
    await lchown(before.at(kept.name), owner.uid, owner.gid).catch(() => undefined)
    await lutimes(before.at(kept.name), Number(kept.atimeNs) / 1e9, Number(kept.mtimeNs) / 1e9).catch(() => undefined)
    return
  }
  const handle = await openToRead(before, kept.name)
  try {
    await giveOwner(handle, owner)
    await handle.chmod(kept.mode & 0o777)
    await setTimes(handle, kept)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function copyAcross(before: Folder, folder: Folder, name: string, kept: Kept): Promise<void> {
  const handle = await openToRead(before, kept.name)
  try {
    const { uid, gid, mode } = await handle.stat()
    const torn = backName(kept)
    await unlinkFile(folder.at(torn)).catch(ignoreGone)
    await createFile(folder, torn, await handle.readFile(), { mode: mode & 0o777, owner: { uid, gid }, times: kept })
    await renameFile(folder.at(torn), folder.at(name))
    await unlinkFile(before.at(kept.name))
  } finally {
    await handle.close()
  }
}
