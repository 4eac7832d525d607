import { diffLines, patchLines, type LineChange } from './line-diff.ts'

export interface Merged {
  readonly text: string
  /** whether somebody had changed lines among those that were taken out, so that their change went with them */
  readonly overlapping: boolean
}

/**
 * Takes our lines out of a text that somebody edited since: `ours` is what we made of `original`, `current` what stands there now. The
 * person's edits stay, also those that took the place of lines of ours. Only where somebody edited among our lines and some of these are left,
 * ours go and the edit with them (`overlapping`). Done twice it is as done once.
 */
export function takeOutOurLines(original: string, ours: string, current: string): Merged {
  const lineEnd = endsLikeWindows(current) ? '\r\n' : '\n'
  const [old, base, now] = [linesOf(unixEnds(original)), linesOf(unixEnds(ours)), linesOf(unixEnds(current))]
  const back = diffLines(base.lines, old.lines)
  const theirs = diffLines(base.lines, now.lines)
  const kept = theirs.filter((change) => mayStay(change, back, base.lines))
  const ourWay = back.filter((change) => !kept.some((other) => overlap(other, change)))
  const lines = patchLines(base.lines, inOrder([...ourWay, ...kept]))
  const theirsIsLast = kept.some((change) => end(change) === base.lines.length && change.added.length > 0)
  const ends = lines.length > 0 && (theirsIsLast ? now.ends : old.ends)
  const lost = theirs.filter((change) => !kept.includes(change) && !back.some((other) => alike(change, other)))
  return { text: lines.join(lineEnd) + (ends ? lineEnd : ''), overlapping: lost.length > 0 }
}

/** A text as lines, the end of the last one kept apart; a `\r` belongs to its line. */
export function linesOf(text: string): { lines: string[]; ends: boolean } {
  if (text === '') return { lines: [], ends: false }
  const ends = text.endsWith('\n')
  return { lines: (ends ? text.slice(0, -1) : text).split('\n'), ends }
}

/** An editor may have given every line another end: that is no edit. */
const unixEnds = (text: string): string => text.replaceAll('\r\n', '\n')

function endsLikeWindows(text: string): boolean {
  const { lines } = linesOf(text)
  return lines.filter((line) => line.endsWith('\r')).length * 2 > lines.length
}

const end = (change: LineChange): number => change.at + change.removed

/** Whether two changes of the same base touch the same line; lines added at the edge of the other change do not. */
function overlap(one: LineChange, other: LineChange): boolean {
  return one.at < end(other) && other.at < end(one)
}

/** Whether a person's change is apart from our lines, or took the place of all those it touches. */
function mayStay(change: LineChange, back: readonly LineChange[], base: readonly string[]): boolean {
  return back
    .filter((other) => overlap(change, other))
    .every((other) => {
      const ours = new Set(base.slice(other.at, end(other)).map((line) => line.trim()))
      const someLeft = change.added.some((line) => line.trim() !== '' && ours.has(line.trim()))
      return change.at <= other.at && end(change) >= end(other) && !someLeft
    })
}

function alike(one: LineChange, other: LineChange): boolean {
  return one.at === other.at && one.removed === other.removed && one.added.length === other.added.length && one.added.every((line, index) => line === other.added[index])
}

function inOrder(changes: LineChange[]): LineChange[] {
  return changes.sort((one, other) => one.at - other.at || end(one) - end(other))
}
