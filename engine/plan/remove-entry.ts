import { basename, dirname, join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { codeOf } from './disk-problem.ts'
import { lstat, readdir, rm, rmdir, unlink } from './disk.ts'
import { openFolder, type Folder } from './folder.ts'

/**
 * Deletes what stands at `name` in `folder`, with all below it; nothing there is no error. Every directory is opened without following links and
 * emptied by its descriptor, so one that is exchanged meanwhile leads nowhere. `owner`: whom each directory must belong to (null: anybody).
 * Problems: `untrusted_folder`, `not_a_folder`.
 */
export async function removeEntry(folder: Folder, name: string, owner: number | null): Promise<void> {
  // No descriptor of a directory there, and files that a scanner holds for a moment.
  if (process.platform === 'win32') return rm(folder.at(name), { recursive: true, force: true, maxRetries: 5 })
  const stat = await lstat(folder.at(name)).catch(unlessGone)
  if (stat === undefined) return undefined
  if (!stat.isDirectory()) return unlink(folder.at(name)).catch(unlessGone)
  const inner = await openFolder(join(folder.path, name), folder.at(name)).catch(unlessGone)
  if (inner === undefined) return undefined
  try {
    if (owner !== null && inner.uid !== owner) throw problem('untrusted_folder', { path: inner.path, why: `belongs to account ${inner.uid}, not to ${owner}` })
    await emptyFolder(inner, owner)
  } finally {
    await inner.close()
  }
  return rmdir(folder.at(name)).catch(unlessGone)
}

/** Deletes all that an opened directory holds, as `removeEntry` does. */
export async function emptyFolder(folder: Folder, owner: number | null): Promise<void> {
  for (const name of await readdir(folder.at('.'))) await removeEntry(folder, name, owner)
}

/** Deletes the file or tree at `path`; the folders above it are whoever calls' own. */
export async function removeTree(path: string): Promise<void> {
  const above = await openFolder(dirname(path)).catch(unlessGone)
  if (above === undefined) return
  try {
    await removeEntry(above, basename(path), null)
  } finally {
    await above.close()
  }
}

function unlessGone(thrown: unknown): undefined {
  if (codeOf(thrown) !== 'ENOENT') throw thrown
  return undefined
}
