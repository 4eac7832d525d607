import { digitOf, endOf, endOfLine, isSpaceOrEnd } from './characters.ts'
import { goTo, passBreak, type Scan } from './scan.ts'
import type { Token } from './token.ts'
import { YamlError } from './yaml-error.ts'

/** Reads a value after `|` or `>`: the lines that are indented deeper than what it belongs to. */
export function readBlock(scan: Scan): Token {
  const { text, at: start } = scan
  const isFolded = text[start] === '>'
  const { chomping, increment } = readHeader(scan)
  let end = scan.at
  passHeaderLine(scan)
  const least = Math.max(1, scan.indent + 1)
  const before = increment === null ? findIndent(scan, least) : readBreaks(scan, least + increment - 1)
  const { indent } = before
  const goesOn = (): boolean => scan.column === indent && scan.at < text.length
  let value = ''
  let { breaks } = before
  let lineEnd = ''
  while (goesOn()) {
    value += breaks
    const indented = isBlank(text[scan.at])
    value += goTo(scan, endOfLine(text, scan.at))
    end = scan.at
    lineEnd = passBreak(scan)
    breaks = readBreaks(scan, indent).breaks
    if (!goesOn()) break
    // Lines that are indented deeper are not folded, nor those beside them.
    const isJoined = isFolded && lineEnd === '\n' && !indented && !isBlank(text[scan.at])
    if (!isJoined) value += lineEnd
    else if (breaks === '') value += ' '
  }
  if (chomping !== '-') value += lineEnd
  if (chomping === '+') value += breaks
  return { kind: 'scalar', start, end, text: value, style: 'block' }
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t'
}

interface Header {
  readonly chomping: string
  /** how much deeper the lines are indented; null where the first line shows it */
  readonly increment: number | null
}

/** `|` or `>`, then a sign and a digit in either order. */
function readHeader(scan: Scan): Header {
  goTo(scan, scan.at + 1)
  const signBefore = readSign(scan)
  const increment = readIncrement(scan)
  const chomping = signBefore === '' && increment !== null ? readSign(scan) : signBefore
  if (!isSpaceOrEnd(scan.text[scan.at])) throw new YamlError('bad_block', scan.at)
  return { chomping, increment }
}

function readSign(scan: Scan): string {
  const char = scan.text[scan.at]
  return char === '-' || char === '+' ? goTo(scan, scan.at + 1) : ''
}

function readIncrement(scan: Scan): number | null {
  const digit = digitOf(scan.text[scan.at])
  if (digit === 0) throw new YamlError('bad_block', scan.at)
  if (digit !== null) goTo(scan, scan.at + 1)
  return digit
}

function passHeaderLine(scan: Scan): void {
  goTo(scan, endOf(' ', scan.text, scan.at))
  if (scan.text[scan.at] === '#') goTo(scan, endOfLine(scan.text, scan.at))
  if (scan.at < scan.text.length && passBreak(scan) === '') throw new YamlError('bad_block', scan.at)
}

interface Breaks {
  readonly breaks: string
  readonly indent: number
}

/** The indent is that of the first line with something in it, or of an emptier one above that is indented deeper. */
function findIndent(scan: Scan, least: number): Breaks {
  let breaks = ''
  let indent = least
  for (;;) {
    goTo(scan, endOf(' ', scan.text, scan.at))
    indent = Math.max(indent, scan.column)
    const found = passBreak(scan)
    if (found === '') return { breaks, indent }
    breaks += found
  }
}

/** Goes over empty lines, and over the indent of the line that follows. */
function readBreaks(scan: Scan, indent: number): Breaks {
  let breaks = ''
  for (;;) {
    const blanksEnd = endOf(' ', scan.text, scan.at)
    goTo(scan, Math.min(blanksEnd, scan.at + Math.max(0, indent - scan.column)))
    const found = passBreak(scan)
    if (found === '') return { breaks, indent }
    breaks += found
  }
}
