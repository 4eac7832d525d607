import { readInOwnFolder } from './in-own-folder.ts'
import { readJournal } from './journal.ts'
import type { PlanKind } from './plan.ts'
import { rollBack } from './roll-back.ts'
import { readSettled } from './settled.ts'

/** The kind of the plan that a process died over before it was settled; null where there is none. Touches nothing. */
export async function leftPlan(config: string): Promise<PlanKind | null> {
  return readInOwnFolder<PlanKind | null>(config, null, async (_, own) => {
    const journal = await readJournal(own)
    return journal === null || (await readSettled(own)).some(({ id }) => id === journal.id) ? null : journal.kind
  })
}

/** Puts back such a plan where it is of this kind, and says whether it was. The caller holds the lock of the home. */
export async function putBackLeft(config: string, kind: PlanKind): Promise<boolean> {
  const left = (await leftPlan(config)) === kind
  if (left) await rollBack(config)
  return left
}
