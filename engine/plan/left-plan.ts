import { readInOwnFolder } from './in-own-folder.ts'
import { readJournal } from './journal.ts'
import { rollBack } from './roll-back.ts'
import { readSettled } from './settled.ts'

/** The title of the plan that a process died over, before that was settled; null where there is none. Touches nothing. */
export async function leftPlanTitle(config: string): Promise<string | null> {
  return readInOwnFolder<string | null>(config, null, async (_, own) => {
    const journal = await readJournal(own)
    return journal === null || (await readSettled(own)).some(({ id }) => id === journal.id) ? null : journal.title
  })
}

/** Whether a process died while it was carrying out a plan of this title, before that was settled. Touches nothing. */
export async function isPlanLeft(config: string, title: string): Promise<boolean> {
  return (await leftPlanTitle(config)) === title
}

/** Puts back what such a process had written, and says whether it had. With the lock of the home held. */
export async function removePlanLeft(config: string, title: string): Promise<boolean> {
  const left = await isPlanLeft(config, title)
  if (left) await rollBack(config)
  return left
}
