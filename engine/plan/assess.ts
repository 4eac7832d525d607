import type { Entry } from './entry.ts'
import type { JournalStep, Kept } from './journal.ts'
import { takeOutOurLines } from './merge-lines.ts'
import { textOf, withEdits } from './text-edits.ts'

/** What putting a step back means now. */
export type Assessment =
  /** it was not made, or is put back already */
  | { readonly verdict: 'done' }
  /** what stands there is ours, and is replaced by what was there before */
  | { readonly verdict: 'restore' }
  /** ours, and changed since by Elasticsearch itself */
  | { readonly verdict: 'rewritten' }
  /** a text that a person edited since: `text` is theirs without our lines; `overlapping` where edits among our lines go with them */
  | { readonly verdict: 'merge'; readonly text: string; readonly overlapping: boolean }
  /** somebody's: it stays */
  | { readonly verdict: 'changed'; readonly reason: string }

/** How the disk looks to an assessment: as it is, or as it will be once later steps are put back. */
export interface DiskView {
  entry(place: string): Promise<Entry>
  names(place: string): Promise<readonly string[]>
  kept(name: string): Promise<Entry>
  content(place: string): Promise<Uint8Array>
  keptContent(name: string): Promise<Uint8Array>
}

/** Files that Elasticsearch writes anew by itself: `elasticsearch.keystore` when it adds its seed or a newer version of the format. */
const rewrittenByElasticsearch = ['elasticsearch.keystore']

const done: Assessment = { verdict: 'done' }
const restore: Assessment = { verdict: 'restore' }
const changed = (reason: string): Assessment => ({ verdict: 'changed', reason })

/**
 * Looks at what stands where `step` was made, which was begun and is the last one in effect (later ones are put back, or never were). `finished`: it is
 * known to have been made whole; else the disk tells how far it came.
 */
export function assess(step: JournalStep, finished: boolean, disk: DiskView): Promise<Assessment> {
  switch (step.kind) {
    case 'create-directory':
      return assessDirectory(step.place, disk)
    case 'rename':
      return assessRename(step, disk)
    case 'delete':
      return assessDelete(step, disk)
    default:
      return step.before === null ? assessNew(step, disk) : assessReplaced(step, step.before, finished, disk)
  }
}

async function assessDirectory(place: string, disk: DiskView): Promise<Assessment> {
  const now = await disk.entry(place)
  if (now.kind === 'absent') return done
  if (now.kind !== 'directory') return changed('something else stands where the folder was')
  const left = await disk.names(place)
  return left.length === 0 ? restore : changed(`it holds what is not ours: ${left.slice(0, 5).join(', ')}`)
}

async function assessRename({ from, to }: JournalStep & { kind: 'rename' }, disk: DiskView): Promise<Assessment> {
  if ((await disk.entry(to)).kind === 'absent') return done
  return (await disk.entry(from)).kind === 'absent' ? restore : changed('something stands where it would go back to')
}

async function assessDelete({ place, before }: JournalStep & { kind: 'delete' }, disk: DiskView): Promise<Assessment> {
  const kept = await disk.kept(before.name)
  if (kept.kind === 'absent') return done
  const now = await disk.entry(place)
  if (now.kind === 'absent') return restore
  return isOriginal(now, before, kept) ? done : changed('somebody made it anew')
}

async function assessNew(step: JournalStep & { kind: 'write' }, disk: DiskView): Promise<Assessment> {
  const now = await disk.entry(step.place)
  if (now.kind === 'absent') return done
  if (now.kind === 'file' && now.sha256 === step.sha256) return restore
  if ((await disk.entry(tornPlace(step))).kind !== 'absent') return done
  return mayBeRewritten(step.place) ? { verdict: 'rewritten' } : changed('it was changed since')
}

async function assessReplaced(step: JournalStep & { kind: 'write' }, before: Kept, finished: boolean, disk: DiskView): Promise<Assessment> {
  if ((await disk.entry(tornPlace(step))).kind !== 'absent') return done
  const now = await disk.entry(step.place)
  const kept = await disk.kept(before.name)
  const ours = now.kind === 'file' && now.sha256 === step.sha256
  if (kept.kind === 'absent') {
    if ('sha256' in now && now.sha256 === before.sha256) return done
    return ours || finished ? changed('what was there before is no longer kept') : done
  }
  if (now.kind === 'absent') return restore
  if ('id' in now && 'id' in kept && now.id === kept.id) return done
  if (ours) return restore
  if (isOriginal(now, before, kept)) return done
  if (mayBeRewritten(step.place)) return { verdict: 'rewritten' }
  if (now.kind !== 'file' || step.edits === null || before.kind !== 'file') return changed('it was changed since')
  const original = textOf(await disk.keptContent(before.name))
  const current = textOf(await disk.content(step.place))
  if (original === null || current === null) return changed('it was changed since')
  return { verdict: 'merge', ...takeOutOurLines(original, withEdits(original, step.edits, current), current) }
}

/** Where a file stands until it is put in place. */
export function tornPlace(step: JournalStep & { kind: 'write' }): string {
  return beside(step.place, step.torn)
}

export function beside(place: string, name: string): string {
  return [...place.split('/').slice(0, -1), name].join('/')
}

const isOriginal = (now: Entry, before: Kept, kept: Entry): boolean =>
  'id' in now && now.kind === before.kind && (now.sha256 === before.sha256 || ('id' in kept && now.id === kept.id))

const mayBeRewritten = (place: string): boolean => rewrittenByElasticsearch.includes(place.split('/').at(-1) ?? '')
