import type { StepHook } from './apply.ts'
import { inOwnFolder, readInOwnFolder } from './in-own-folder.ts'
import { readJournal, removeJournal, type Journal } from './journal.ts'
import type { Folder } from './folder.ts'
import { parseJson, readOwn, removeOwn } from './own-folder.ts'
import { endProgress } from './progress.ts'
import { foreseePutBack, nothingPutBack, putBack, type PutBack } from './put-back.ts'
import { recordName, setupRecord } from './record.ts'
import { readSettled } from './settled.ts'

export interface PuttingBack {
  readonly beforeStep?: StepHook
}

/**
 * Puts back an applied or half-applied plan that was not settled, from its journal: byte for byte, with modes, owners and times. Ends the set-up's record with it.
 * Can be killed and repeated. Where nothing is to be put back it does nothing. The caller holds the lock, and has stopped the node.
 * Ends with `changed_since` (nothing is touched; says which files) or `put_back_failed` (goes on where it stopped when called again).
 */
export async function rollBack(config: string, options: PuttingBack = {}): Promise<PutBack> {
  return inOwnFolder(config, nothingPutBack(), async (folder, own) => {
    const journal = await readJournal(own)
    const settled = await readSettled(own)
    if (journal === null || settled.some(({ id }) => id === journal.id)) return nothingPutBack()
    const step = async (name: string): Promise<void> => options.beforeStep?.(name)
    const result = await putBack(folder, own, journal, { policy: 'refuse', step })
    if (settled.length === 0 || (await isRecordOf(own, journal))) {
      await step('remove the record')
      await removeOwn(own, recordName)
    }
    await step('remove the journal')
    await removeJournal(own)
    await endProgress(own, journal)
    await step('leave .firstnode')
    return result
  })
}

/** Plans that stand may have a record of their own, which stays: this one's names what this plan wrote. */
async function isRecordOf(own: Folder, journal: Journal): Promise<boolean> {
  const record = setupRecord.safeParse(parseJson((await readOwn(own, recordName)) ?? ''))
  const written = new Set(journal.steps.flatMap((step) => (step.kind === 'write' ? [step.sha256] : [])))
  return record.success && record.data.files.length > 0 && record.data.files.every(({ sha256 }) => written.has(sha256))
}

/** What `rollBack` would do; touches nothing. Where `kept` names something it would refuse with `changed_since`: ask before anything else is undone. */
export async function previewRollBack(config: string): Promise<PutBack> {
  return readInOwnFolder(config, nothingPutBack(), async (folder, own) => {
    const journal = await readJournal(own)
    const settled = await readSettled(own)
    return journal === null || settled.some(({ id }) => id === journal.id) ? nothingPutBack() : foreseePutBack(folder, own, [journal])
  })
}
