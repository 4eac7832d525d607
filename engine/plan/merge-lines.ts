import { diffLines, patchLines, type LineChange } from './line-diff.ts'

export interface Merged {
  readonly text: string
  /** whether somebody had changed lines among those that were taken out, so that their change went with them */
  readonly overlapping: boolean
}

/**
 * Takes our lines out of a text that somebody edited since: `ours` is what we made of `original`, `current` what stands there now. The
 * person's edits stay; only where they are within our own lines, ours go and theirs with them (`overlapping`).
 */
export function takeOutOurLines(original: string, ours: string, current: string): Merged {
  const base = linesOf(ours)
  const back = diffLines(base.lines, linesOf(original).lines)
  const theirs = diffLines(base.lines, linesOf(current).lines)
  const kept = theirs.filter((change) => !back.some((other) => overlap(change, other)))
  const lines = patchLines(base.lines, inOrder([...back, ...kept]))
  const theirsIsLast = kept.some((change) => end(change) === base.lines.length && change.added.length > 0)
  const ends = lines.length > 0 && linesOf(theirsIsLast ? current : original).ends
  const lost = theirs.filter((change) => !kept.includes(change) && !back.some((other) => alike(change, other)))
  return { text: lines.join('\n') + (ends ? '\n' : ''), overlapping: lost.length > 0 }
}

/** A text as lines, the end of the last one kept apart; a `\r` belongs to its line. */
export function linesOf(text: string): { lines: string[]; ends: boolean } {
  if (text === '') return { lines: [], ends: false }
  const ends = text.endsWith('\n')
  return { lines: (ends ? text.slice(0, -1) : text).split('\n'), ends }
}

const end = (change: LineChange): number => change.at + change.removed

/** Whether two changes of the same base touch the same line; lines added at the edge of the other change do not. */
function overlap(one: LineChange, other: LineChange): boolean {
  return one.at < end(other) && other.at < end(one)
}

function alike(one: LineChange, other: LineChange): boolean {
  return one.at === other.at && one.removed === other.removed && one.added.length === other.added.length && one.added.every((line, index) => line === other.added[index])
}

function inOrder(changes: LineChange[]): LineChange[] {
  return changes.sort((one, other) => one.at - other.at || end(one) - end(other))
}
