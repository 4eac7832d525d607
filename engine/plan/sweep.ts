import { readdir } from './disk.ts'
import { codeOf } from './disk-problem.ts'
import { inFolder, type Folder } from './folder.ts'
import { readInOwnFolder } from './in-own-folder.ts'
import { beforeName, readJournal } from './journal.ts'
import { hasSetup, ignoreGone, ignoreMissing, isProgress, removeOwn, tracesName } from './own-folder.ts'
import { removeFolder, unlinkFile } from './patiently.ts'
import { readSettled } from './settled.ts'

/**
 * Removes from `CONFIG/.firstnode` what belongs to no plan and no setup: processes have left it that were killed after their work was done or before it began. Kept originals may
 * hold secrets. Only while nobody else is at work: the caller has just taken the lock.
 */
export async function sweep(own: Folder): Promise<void> {
  const ids = await idsOf(own)
  // What cannot be read may need any of it.
  if (ids === null) return
  const isOrphan = (name: string): boolean => !ids.some((id) => name.startsWith(`${id}-`) || name.startsWith(`at.${id}.`))
  for (const name of await readdir(own.at('.'))) if (isProgress(name) && isOrphan(name)) await unlinkFile(own.at(name)).catch(ignoreGone)
  if (!(await hasSetup(own))) await removeOwn(own, tracesName)
  await inFolder(own, [beforeName], async (before) => {
    for (const name of await readdir(before.at('.'))) if (isOrphan(name)) await unlinkFile(before.at(name)).catch(ignoreGone)
  }).catch(ignoreMissing)
  if (ids.length === 0) await removeFolder(own.at(beforeName)).catch((thrown: unknown) => {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(thrown) ?? '')) throw thrown
  })
}

/** Whether a command that was killed, or that failed at its very end, left what `sweep` and the next lock remove. Touches nothing. */
export async function isLittered(config: string): Promise<boolean> {
  return readInOwnFolder(config, false, async (_, own) => {
    const ids = await idsOf(own)
    const names = await readdir(own.at('.'))
    const isLitter = (name: string): boolean => /^(?:\.torn-|lock\.)/.test(name) || (isProgress(name) && ids?.some((id) => name.startsWith(`at.${id}.`)) === false)
    return names.some(isLitter)
  })
}

async function idsOf(own: Folder): Promise<readonly string[] | null> {
  try {
    const journal = await readJournal(own)
    return [...(await readSettled(own)), ...(journal === null ? [] : [journal])].map(({ id }) => id)
  } catch {
    return null
  }
}
