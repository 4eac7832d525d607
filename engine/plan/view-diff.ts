import type { DiffLine } from '../../shared/contract/setup.ts'
import { diffLines } from './line-diff.ts'
import { maskSecret } from './mask-secret.ts'
import { linesOf } from './merge-lines.ts'

const contextLines = 3
const longestLine = 2000

/**
 * A text before and after as lines to show: changed ones with three lines around them, a line `…` with a note where more was left out. `notes` says
 * beside an added line what it means, by its number in `after`, from 0; not twice in a row. The values of settings that look secret are masked.
 */
export function viewDiff(before: string, after: string, notes: ReadonlyMap<number, string>): DiffLine[] {
  const old = linesOf(before).lines
  const changes = diffLines(old, linesOf(after).lines)
  const shown: DiffLine[] = []
  let at = 0
  // how many lines more there are in the new text, up to here
  let more = 0
  for (const [index, change] of changes.entries()) {
    shown.push(...between(old.slice(at, change.at), index === 0, false))
    for (const line of old.slice(change.at, change.at + change.removed)) shown.push(show('removed', line, null))
    for (const [offset, line] of change.added.entries()) {
      const number = change.at + more + offset
      const note = notes.get(number) ?? null
      shown.push(show('added', line, offset > 0 && notes.get(number - 1) === note ? null : note))
    }
    at = change.at + change.removed
    more += change.added.length - change.removed
  }
  if (changes.length > 0) shown.push(...between(old.slice(at), false, true))
  return shown
}

/** Lines that stay, between two changes: only those near one. */
function between(lines: readonly string[], isHead: boolean, isTail: boolean): DiffLine[] {
  const after = isHead ? 0 : contextLines
  const before = isTail ? 0 : contextLines
  const left = lines.length - after - before
  // one line would take the place of one line
  if (left <= 1) return lines.map((line) => show('same', line, null))
  const gap: DiffLine = { kind: 'same', text: '…', note: `${left} lines as they are` }
  const tail = before === 0 ? [] : lines.slice(-before)
  return [...lines.slice(0, after).map((line) => show('same', line, null)), gap, ...tail.map((line) => show('same', line, null))]
}

function show(kind: DiffLine['kind'], line: string, note: string | null): DiffLine {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  return { kind, text: maskSecret(text.length > longestLine ? `${text.slice(0, longestLine)}…` : text), note }
}
