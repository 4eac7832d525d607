import { problem } from '../../shared/problems/problem.ts'
import { liveDisk } from './disk-view.ts'
import type { Folder } from './folder.ts'
import { inOwnFolder, readInOwnFolder } from './in-own-folder.ts'
import { readJournal, removeJournal, type Journal } from './journal.ts'
import { removeOwn, writeOwn } from './own-folder.ts'
import { endProgress } from './progress.ts'
import { add, foreseePutBack, nothingPutBack, putBack, type PutBack } from './put-back.ts'
import type { PlanKind } from './plan.ts'
import type { PuttingBack } from './roll-back.ts'
import { readSettled, settledName } from './settled.ts'

/** What stands of the plans of one kind: those that stand last, and what of others stands upon some, if it does. */
export interface StandingLast {
  /** how many of that kind stand last */
  readonly count: number
  /** what putting those back would do */
  readonly putBack: PutBack
  /** the title of a plan that stands upon one of that kind; null where none does */
  readonly above: string | null
}

/** Looks at the settled plans of this kind, `most` of them; touches nothing. Problem: `journal_unreadable`. */
export async function standingLast(config: string, kind: PlanKind, most = Infinity): Promise<StandingLast> {
  return readInOwnFolder(config, { count: 0, putBack: nothingPutBack(), above: null }, async (folder, own) => {
    const { last, above } = lastOf(await readSettled(own), kind, most)
    return { count: last.length, putBack: await foreseePutBack(folder, own, last), above: last.length === 0 ? (above?.title ?? null) : null }
  })
}

/** What the file at `place` (below the config directory) was before the settled plans of this kind that stand last; null where they left it alone, or it was not there. */
export async function originalBeforeLast(config: string, kind: PlanKind, place: string): Promise<Uint8Array | null> {
  return readInOwnFolder(config, null, async (folder, own) => {
    const steps = lastOf(await readSettled(own), kind).last.flatMap((journal) => journal.steps)
    const first = steps.find((step) => step.kind === 'write' && (step.link ?? step.place) === place)
    if (first?.kind !== 'write' || first.before === null) return null
    const disk = liveDisk(folder, own)
    // An interrupted closing may have put it back already.
    const isKept = (await disk.kept(first.before.name)).kind !== 'absent'
    return isKept ? disk.keptContent(first.before.name) : disk.content(first.place)
  })
}

/**
 * Puts the settled plans of this kind back that stand last (the newest `most` of them), and leaves the others standing: also those above that change other files. What a person edited since stays, as with `undoFiles`. Can be killed and
 * repeated. The caller holds the lock, and has stopped the node. Problems: `recover_first` where a plan was not settled, `put_back_failed`, `journal_unreadable`.
 */
export async function undoLast(config: string, kind: PlanKind, { most, ...options }: PuttingBack & { readonly most?: number } = {}): Promise<PutBack> {
  return inOwnFolder(config, nothingPutBack(), async (folder, own) => {
    const step = async (name: string): Promise<void> => options.beforeStep?.(name)
    const settled = await readSettled(own)
    const open = await readJournal(own)
    if (open !== null && !settled.some(({ id }) => id === open.id)) throw problem('recover_first', { config })
    // A settling that was cut off is completed: its journal would be left, and its plan taken for one that is unfinished.
    if (open !== null) await removeJournal(own)
    const { last } = lastOf(settled, kind, most)
    const result = nothingPutBack()
    for (const journal of last.toReversed()) add(result, await putBack(folder, own, journal, { policy: 'keep', step }))
    await step('forget what was put back')
    await forget(own, settled.filter((journal) => !last.includes(journal)))
    for (const journal of last) await endProgress(own, journal)
    return result
  })
}

/** The newest plans of a kind, oldest first, down to one on whose files another kind stands: that one is `above`. */
function lastOf(settled: readonly Journal[], kind: PlanKind, most = Infinity): { readonly last: readonly Journal[]; readonly above: Journal | null } {
  const last: Journal[] = []
  const others: Journal[] = []
  for (const journal of settled.toReversed()) {
    if (journal.kind !== kind) {
      others.push(journal)
      continue
    }
    const above = others.find((other) => placesOf(other).some((place) => placesOf(journal).includes(place)))
    if (above !== undefined || last.length >= most) return { last, above: above ?? null }
    last.unshift(journal)
  }
  return { last, above: null }
}

function placesOf({ steps }: Journal): string[] {
  return steps.flatMap((step) => (step.kind === 'rename' ? [step.from, step.to] : [step.place]))
}

async function forget(own: Folder, left: readonly Journal[]): Promise<void> {
  if (left.length === 0) await removeOwn(own, settledName)
  else await writeOwn(own, settledName, JSON.stringify({ format: 1, journals: left }))
}
