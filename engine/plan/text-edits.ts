import { TextDecoder } from 'node:util'
import type { LineEdit } from './journal.ts'
import { diffLines, patchLines } from './line-diff.ts'

/** Bigger files than this (bytes) are not told as text. */
const biggestText = 1024 * 1024

/** The text that `content` holds, or null where it is none (not UTF-8, NUL in it) or bigger than a settings file gets. */
export function textOf(content: Uint8Array, most = biggestText): string | null {
  if (content.length > most || content.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return null
  }
}

/** Our lines in a text: what `now` makes of `original`, so that the journal need not hold the person's own lines. Null where either is no text. */
export function editsOf(original: Uint8Array, now: Uint8Array): LineEdit[] | null {
  const old = textOf(original)
  const young = textOf(now)
  if (old === null || young === null) return null
  return diffLines(old.split('\n'), young.split('\n')).map(({ at, removed, added }) => ({ at, removed, added: [...added] }))
}

/** `original` with our lines in it again. */
export function withEdits(original: string, edits: readonly LineEdit[]): string {
  return patchLines(original.split('\n'), edits).join('\n')
}
