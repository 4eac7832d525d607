import { readdir } from './disk.ts'
import { sha256 } from './entry.ts'
import { inPlace, type Folder } from './folder.ts'
import type { FolderBefore } from './journal.ts'
import { isOwnName } from './own-folder.ts'
import { setTimes } from './times.ts'

/** A folder's times and names as they are now. */
export async function rememberFolder(folder: Folder, place: string): Promise<FolderBefore> {
  const stat = await folder.handle?.stat({ bigint: true })
  return { place, names: await namesOf(folder), atimeNs: String(stat?.atimeNs ?? 0n), mtimeNs: String(stat?.mtimeNs ?? 0n) }
}

/** Gives folders the times they had, where the same names are in them as then: where somebody added something meanwhile, the time of that is true. */
export async function restoreFolderTimes(config: Folder, folders: readonly FolderBefore[]): Promise<void> {
  if (config.handle === null) return
  for (const before of folders) {
    await inPlace(config, before.place, async (folder) => {
      if (folder.handle !== null && (await namesOf(folder)) === before.names) await setTimes(folder.handle, before)
    }).catch(() => undefined) // times are a courtesy: their failure must not stop a file from being put back
  }
}

async function namesOf(folder: Folder): Promise<string> {
  const names = (await readdir(folder.at('.'))).filter((name) => !isOwnName(name)).sort()
  return sha256(Buffer.from(names.join('\0')))
}
