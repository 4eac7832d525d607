import { createHash } from 'node:crypto'
import { TextDecoder } from 'node:util'
import { MiB } from '../../shared/sizes.ts'
import type { LineEdit } from './journal.ts'
import { diffLines, patchLines } from './line-diff.ts'
import { maskSecret } from './mask-secret.ts'

/** Bigger files than this (bytes) are not told as text. */
const biggestText = MiB

/** The text that `content` holds, or null where it is none (not UTF-8, NUL in it) or bigger than a settings file gets. */
export function textOf(content: Uint8Array, most = biggestText): string | null {
  if (content.length > most || content.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return null
  }
}

/**
 * Our lines in a text: what `now` makes of `original`, so that the journal need not hold the person's own lines. A line that holds a secret is told by its
 * SHA-256 alone. Null where either is no text.
 */
export function editsOf(original: Uint8Array, now: Uint8Array): LineEdit[] | null {
  const old = textOf(original)
  const young = textOf(now)
  if (old === null || young === null) return null
  return diffLines(old.split('\n'), young.split('\n')).map(({ at, removed, added }) => ({ at, removed, added: added.map(told) }))
}

/**
 * `original` with our lines in it again. Lines that are told by their hash are found in `current`, what stands there now; one that is not there any more
 * was changed since, and stays a line that is like no other.
 */
export function withEdits(original: string, edits: readonly LineEdit[], current: string): string {
  const hidden = edits.some(({ added }) => added.some((line) => typeof line !== 'string'))
  const known = new Map<string, string>()
  for (const line of hidden ? current.split('\n') : []) for (const one of asWritten(line)) known.set(hashOf(one), one)
  const lines = edits.map(({ at, removed, added }) => ({ at, removed, added: added.map((line) => (typeof line === 'string' ? line : (known.get(line.sha256) ?? line.sha256))) }))
  return patchLines(original.split('\n'), lines).join('\n')
}

function told(line: string): LineEdit['added'][number] {
  return maskSecret(line) === line ? line : { sha256: hashOf(line) }
}

/** An editor may have given every line another end. */
function asWritten(line: string): readonly string[] {
  return line.endsWith('\r') ? [line, line.slice(0, -1)] : [line, `${line}\r`]
}

function hashOf(line: string): string {
  return createHash('sha256').update(line).digest('hex')
}
