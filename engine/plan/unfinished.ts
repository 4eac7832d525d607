import { problem, type Problem, type ProblemCode } from '../../shared/problems/problem.ts'
import type { UnfinishedKind, UnfinishedWork } from '../../shared/contract/unfinished.ts'
import { inOwnFolder, readInOwnFolder } from './in-own-folder.ts'
import { readJournal, type Journal } from './journal.ts'
import type { Folder } from './folder.ts'
import type { PlanKind } from './plan.ts'
import { readOwn, removeOwn, writeOwn } from './own-folder.ts'
import { codeOf } from './disk-problem.ts'
import { readProgress } from './progress.ts'
import { readRecord } from './record.ts'
import { readSettled } from './settled.ts'

/**
 * What an earlier Firstnode began in this config directory and did not finish, because its process died; null where there is nothing. Touches nothing.
 * A setup comes before the temporary user that it may have added. Problems: `journal_unreadable`, `record_unreadable`.
 */
export async function unfinishedIn(config: string): Promise<UnfinishedKind | null> {
  const record = await readRecord(config)
  return readInOwnFolder<UnfinishedKind | null>(config, null, async (_, own) => {
    if ((await readOwn(own, undoMark)) !== null) return 'undo'
    if (record !== null && record.stage !== 'handed-over') return record.joining === true ? 'join' : 'first-node'
    const journal = await readJournal(own)
    const settled = await readSettled(own)
    if (journal !== null && !settled.some(({ id }) => id === journal.id)) {
      // Only the hand-over was cut off: the user has the password, so the setup stands.
      return journal.kind === 'first-node' && record !== null ? null : journal.kind
    }
    return halfPutBack(own, settled)
  })
}

/** What puts a plan that stands back: an opening is closed; most kinds go by an undo of all. */
const putBackBy: Partial<Record<PlanKind, UnfinishedKind>> = { opening: 'closing', kibana: 'kibana', renew: 'renew' }


async function halfPutBack(own: Folder, settled: readonly Journal[]): Promise<UnfinishedKind | null> {
  for (const journal of settled) {
    if ((await readProgress(own, journal)) < journal.steps.length) return putBackBy[journal.kind] ?? 'undo'
  }
  return null
}

/** An empty file: an undo has begun and has not ended. */
export const undoMark = 'undoing'

/** Notes that an undo begins: from here on only the undo itself ends it. The caller holds the lock of the home. */
export async function beginUndo(config: string): Promise<void> {
  await inOwnFolder(config, undefined, async (_, own) => {
    await writeOwn(own, undoMark, '').catch((thrown: unknown) => {
      // What frees room must not need any.
      if (codeOf(thrown) !== 'ENOSPC' && codeOf(thrown) !== 'EDQUOT') throw thrown
    })
  })
}

/** Whether one has begun and not ended. */
export async function isUndoBegun(config: string): Promise<boolean> {
  return readInOwnFolder(config, false, async (_, own) => (await readOwn(own, undoMark)) !== null)
}

/** Notes that it ended. */
export async function endUndo(config: string): Promise<void> {
  await inOwnFolder(config, undefined, (_, own) => removeOwn(own, undoMark))
}

/** For each kind of unfinished work the problem that names it, and the command that ends it, whatever state the home is in. */
const endings = {
  'first-node': ['unfinished_setup', 'up'],
  join: ['unfinished_join', 'up'],
  opening: ['unfinished_opening', 'open --undo'],
  closing: ['unfinished_closing', 'open --undo'],
  renew: ['unfinished_renewal', 'renew --undo'],
  remedy: ['unfinished_remedy', 'prepare'],
  'temporary-user': ['temporary_user_left', 'start'],
  undo: ['unfinished_undo', 'undo'],
  kibana: ['unfinished_kibana', 'kibana'],
  handout: ['unfinished_handout', 'save'],
} as const satisfies Readonly<Record<UnfinishedKind, readonly [ProblemCode, string]>>

/** The problem that names unfinished work in `home` and the command that ends it. */
export function unfinishedProblem(kind: UnfinishedKind, home: string): Problem {
  return problem(endings[kind][0], { home })
}

/** The same as data. `holder`: the other process that holds the lock, and so is at it; null where none does. */
export function unfinishedWork(kind: UnfinishedKind, home: string, holder: number | null = null): UnfinishedWork {
  const { code, message, remedy } = holder === null ? unfinishedProblem(kind, home) : problem('at_work', { home, pid: holder })
  return { kind, code, message, remedy, command: holder === null ? endings[kind][1] : null }
}
