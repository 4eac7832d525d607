import { readInOwnFolder } from '../plan/in-own-folder.ts'
import { readJournal } from '../plan/journal.ts'
import { rollBack } from '../plan/roll-back.ts'
import { readSettled } from '../plan/settled.ts'

/** The title of the plan that opens transport: by it its journal is known. */
export const openingTitle = 'Let nodes of other machines in'

/** Whether a process died while it was opening transport, before the node had proved itself. Touches nothing. */
export async function isOpeningLeft(config: string): Promise<boolean> {
  return readInOwnFolder(config, false, async (_, own) => {
    const journal = await readJournal(own)
    return journal?.title === openingTitle && !(await readSettled(own)).some(({ id }) => id === journal.id)
  })
}

/** Puts back what such a process had written: nobody knows whether a node starts with it. With the lock of the home held. */
export async function removeOpeningLeft(config: string): Promise<boolean> {
  const left = await isOpeningLeft(config)
  if (left) await rollBack(config)
  return left
}
