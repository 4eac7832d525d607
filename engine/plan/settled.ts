import { join } from 'node:path'
import { z } from 'zod'
import { problem } from '../../shared/problems/problem.ts'
import type { Folder } from './folder.ts'
import { inOwnFolder, readInOwnFolder } from './in-own-folder.ts'
import { journalSchema, readJournal, removeJournal, type Journal } from './journal.ts'
import type { PlanKind } from './plan.ts'
import { parseJson, readOwn, writeOwn } from './own-folder.ts'
import { readRecord } from './record.ts'

export const settledName = 'undo.json'
const settledSchema = z.object({ format: z.literal(1), journals: z.array(journalSchema) })

/** The plans that stand, oldest first: what undo needs of them. `journal_unreadable` where that was damaged. */
export async function readSettled(own: Folder): Promise<Journal[]> {
  const text = await readOwn(own, settledName)
  if (text === null) return []
  const parsed = settledSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data.journals
  throw problem('journal_unreadable', { path: join(own.path, settledName) }, { detail: parsed.error.message })
}

/**
 * The set-up stands: its journal becomes what undo needs, the originals stay kept. From here on neither `rollBack` nor `recover` touches it.
 * `recover_first` where the plan was not applied whole. Can be killed and repeated: the moment at which it counts is the renaming of `undo.json`.
 */
export async function settle(config: string): Promise<void> {
  await inOwnFolder(config, undefined, async (_, own) => {
    const journal = await readJournal(own)
    if (journal === null) return
    if (journal.stage !== 'applied') throw problem('recover_first', { config })
    const settled = await readSettled(own)
    if (!settled.some(({ id }) => id === journal.id)) await writeOwn(own, settledName, JSON.stringify({ format: 1, journals: [...settled, journal] }))
    await removeJournal(own)
  })
}

/** Settles a setup whose hand-over was cut off: the user has the password, so it stands. The caller holds the lock. */
export async function settleHandedOver(config: string): Promise<void> {
  const kind = await leftPlan(config)
  if ((kind === 'first-node' || kind === 'join') && (await readRecord(config))?.stage === 'handed-over') await settle(config)
}

/** The kind of the plan that a process died over before it was settled; null where there is none. Touches nothing. */
export async function leftPlan(config: string): Promise<PlanKind | null> {
  return readInOwnFolder<PlanKind | null>(config, null, async (_, own) => {
    const journal = await readJournal(own)
    return journal === null || (await readSettled(own)).some(({ id }) => id === journal.id) ? null : journal.kind
  })
}
