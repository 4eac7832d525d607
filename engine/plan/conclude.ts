import { problem } from '../../shared/problems/problem.ts'
import { inOwnFolder } from './in-own-folder.ts'
import { readJournal, removeJournal } from './journal.ts'
import { endProgress } from './progress.ts'
import { dropKept } from './put-back.ts'

/**
 * An applied plan stands for good: what would undo it goes, the originals that were kept with it, and nothing of ours is left in the folder. For folders of other people's things, a project's, where it would be in the way.
 * `recover_first` where the plan was not applied whole.
 */
export async function conclude(config: string): Promise<void> {
  await inOwnFolder(config, undefined, async (_, own) => {
    const journal = await readJournal(own)
    if (journal === null) return
    if (journal.stage !== 'applied') throw problem('recover_first', { config })
    await removeJournal(own)
    await dropKept(own, journal)
    await endProgress(own, journal)
  })
}
