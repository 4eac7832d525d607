import { hasOwnFolder, inOwnFolder, readInOwnFolder } from './in-own-folder.ts'
import { readdir } from './disk.ts'
import { journalName, readJournal, removeJournal } from './journal.ts'
import { holdsLitterOnly, removeOwn } from './own-folder.ts'
import { endProgress } from './progress.ts'
import { add, foreseePutBack, nothingPutBack, putBack, type PutBack } from './put-back.ts'
import { recordName } from './record.ts'
import type { PuttingBack } from './roll-back.ts'
import { undoMark } from './unfinished.ts'
import { readSettled, settledName } from './settled.ts'

/**
 * Takes a whole set-up back: certificates, keystore and settings are as before it. What a person edited since stays: of a settings file only our lines
 * go, a file of ours that was changed is kept and named, and whatever must give way though it is not as we wrote it is kept beside as `NAME.<epoch>.orig`.
 * Can be killed and repeated. The node is stopped, its data no longer needed: both are the caller's to see to. Problems: `put_back_failed`, `journal_unreadable`.
 */
export async function undoFiles(config: string, options: PuttingBack = {}): Promise<PutBack> {
  return inOwnFolder(config, nothingPutBack(), async (folder, own) => {
    const step = async (name: string): Promise<void> => options.beforeStep?.(name)
    const open = await readJournal(own)
    const settled = await readSettled(own)
    const journals = open === null || settled.some(({ id }) => id === open.id) ? settled : [...settled, open]
    const result = nothingPutBack()
    for (const journal of journals.toReversed()) add(result, await putBack(folder, own, journal, { policy: 'keep', step }))
    await step('forget what was applied')
    await removeJournal(own)
    await removeOwn(own, settledName)
    for (const journal of journals) await endProgress(own, journal)
    await step('remove the record')
    await removeOwn(own, recordName)
    await step('leave .firstnode')
    return result
  })
}

/** What there is for an undo: a plan (also one that has changed nothing yet), an undo that was interrupted, a record; or only the traces of a process that was killed before it changed anything. */
export async function whatIsThere(config: string): Promise<'work' | 'litter' | 'nothing'> {
  const otherwise = (await hasOwnFolder(config)) ? 'litter' : 'nothing'
  return readInOwnFolder<'work' | 'litter' | 'nothing'>(config, otherwise, async (_, own) => {
    const names = await readdir(own.at('.'))
    if ([journalName, settledName, recordName, undoMark].some((name) => names.includes(name))) return 'work'
    return (await holdsLitterOnly(own)) ? 'litter' : 'nothing'
  })
}

/** What `undoFiles` would do; touches nothing. */
export async function previewUndo(config: string): Promise<PutBack> {
  return readInOwnFolder(config, nothingPutBack(), async (folder, own) => {
    const open = await readJournal(own)
    const settled = await readSettled(own)
    return foreseePutBack(folder, own, open === null || settled.some(({ id }) => id === open.id) ? settled : [...settled, open])
  })
}
