import { isBreak } from './characters.ts'
import type { Token } from './token.ts'

/** A scan through a text, as far as it has come. Columns and indexes count characters, `at` counts UTF-16 units. */
export interface Scan {
  readonly text: string
  at: number
  index: number
  line: number
  column: number
  /** tokens found and not yet taken */
  readonly found: Token[]
  /** how many tokens were taken */
  taken: number
  ended: boolean
  /** the column of the innermost block map or list, and those around it; -1 outside of all */
  indent: number
  readonly indents: number[]
  /** how many brackets and braces are open */
  flowLevel: number
  /** a name may start here */
  nameAllowed: boolean
  /** tokens that turn out to be names where a colon follows: at most one a flow level, the oldest first */
  readonly candidates: NameCandidate[]
  /** the last one that was too long to be a name */
  tooLong: NameCandidate | null
}

interface NameCandidate {
  /** which token it is, counted from the first one of the text */
  readonly token: number
  readonly flowLevel: number
  /** it starts in the column of the block map that is open, so a colon must follow */
  readonly required: boolean
  readonly at: number
  readonly index: number
  readonly line: number
  readonly column: number
}

export function beginScan(text: string): Scan {
  const scan: Scan = {
    text,
    at: 0,
    index: 0,
    line: 0,
    column: 0,
    found: [],
    taken: 0,
    ended: false,
    indent: -1,
    indents: [],
    flowLevel: 0,
    nameAllowed: true,
    candidates: [],
    tooLong: null,
  }
  if (text.startsWith('\uFEFF')) {
    scan.at = 1
    scan.index = 1
  }
  return scan
}

/** Goes on to `end`, within a line; returns what was passed. */
export function goTo(scan: Scan, end: number): string {
  const passed = scan.text.slice(scan.at, end)
  const characters = charactersIn(passed)
  scan.at = end
  scan.index += characters
  scan.column += characters
  return passed
}

/** Goes over the end of a line; returns what it is in a value (`\n` for most), or nothing where there is none. */
export function passBreak(scan: Scan): string {
  const char = scan.text[scan.at]
  if (char === undefined || !isBreak(char)) return ''
  scan.at += char === '\r' && scan.text[scan.at + 1] === '\n' ? 2 : 1
  scan.index++
  scan.line++
  scan.column = 0
  return char === '\u2028' || char === '\u2029' ? char : '\n'
}

/** Characters outside of the first plane are two UTF-16 units. */
export function charactersIn(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) count--
  return count
}
