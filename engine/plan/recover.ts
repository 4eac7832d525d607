import { inOwnFolder, readInOwnFolder } from './in-own-folder.ts'
import { readJournal, removeJournal } from './journal.ts'
import type { PutBack } from './put-back.ts'
import { rollBack, type PuttingBack } from './roll-back.ts'
import { readSettled } from './settled.ts'

export interface Recovered {
  /** `nothing` was to do, a set-up was `rolled-back`, or one that was being `settled` is so now */
  readonly what: 'nothing' | 'rolled-back' | 'settled'
  readonly putBack: PutBack | null
}

/**
 * What to do first on a home whose Firstnode died: a plan that was being applied, or was applied and not settled, is put back; a settling that was
 * torn is completed. Can be killed and repeated; does nothing where there is no journal. Problems as of `rollBack`, and `journal_unreadable`.
 */
export async function recover(config: string, options: PuttingBack = {}): Promise<Recovered> {
  const journal = await journalState(config)
  if (journal === 'unsettled') return { what: 'rolled-back', putBack: await rollBack(config, options) }
  else await inOwnFolder(config, undefined, async (_, own) => (journal === 'settled' ? removeJournal(own) : undefined))
  return { what: journal === 'settled' ? 'settled' : 'nothing', putBack: null }
}

/** Whether a journal lies in `CONFIG/.firstnode`: of a plan that is not settled, of one whose settling was torn, or none. */
export async function journalState(config: string): Promise<'none' | 'unsettled' | 'settled'> {
  return readInOwnFolder<'none' | 'unsettled' | 'settled'>(config, 'none', async (_, own) => {
    const journal = await readJournal(own)
    if (journal === null) return 'none'
    return (await readSettled(own)).some(({ id }) => id === journal.id) ? 'settled' : 'unsettled'
  })
}
