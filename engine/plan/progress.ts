import { createFile } from './create-file.ts'
import { readdir } from './disk.ts'
import { syncFolder, type Folder } from './folder.ts'
import type { Journal } from './journal.ts'
import { ignoreGone } from './own-folder.ts'
import { unlinkFile } from './patiently.ts'
import { renameFile } from './rename-file.ts'

/**
 * How far a journal is in effect, kept as the name of an empty file, `at.ID.NUMBER`: steps from NUMBER on are surely not in effect, the one
 * before it may be half made. A name and not a content, since renaming needs no room: it must work on a full disk, where things are put back.
 */
const nameOf = (journal: Journal, count: number): string => `at.${journal.id}.${String(count).padStart(6, '0')}`

/** Begins at no step. */
export async function beginProgress(own: Folder, journal: Journal): Promise<void> {
  await createFile(own, nameOf(journal, 0), new Uint8Array(), { mode: 0o600, owner: { uid: own.uid, gid: own.gid } })
  await syncFolder(own)
}

/** Says that only the first `count` steps are in effect: before a step is made, after one was put back. */
export async function moveProgress(own: Folder, journal: Journal, count: number): Promise<void> {
  const name = await findProgress(own, journal)
  if (name === nameOf(journal, count)) return
  if (name === null) await createFile(own, nameOf(journal, count), new Uint8Array(), { mode: 0o600, owner: { uid: own.uid, gid: own.gid } })
  else await renameFile(own.at(name), own.at(nameOf(journal, count)))
  await syncFolder(own)
}

/** How many steps may be in effect. Without the file: all of a plan that was applied, none of one that had only been written down. */
export async function readProgress(own: Folder, journal: Journal): Promise<number> {
  const name = await findProgress(own, journal)
  if (name !== null) return Math.min(Number(name.split('.').at(-1)), journal.steps.length)
  return journal.stage === 'applied' ? journal.steps.length : 0
}

/** After the journal is gone. */
export async function endProgress(own: Folder, journal: Journal): Promise<void> {
  const name = await findProgress(own, journal)
  if (name !== null) await unlinkFile(own.at(name)).catch(ignoreGone)
}

async function findProgress(own: Folder, journal: Journal): Promise<string | null> {
  const names = await readdir(own.at('.'))
  return names.find((name) => name.startsWith(`at.${journal.id}.`) && /\.\d{6}$/.test(name)) ?? null
}
