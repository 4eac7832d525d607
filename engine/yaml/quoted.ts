import { endOf, isBlankOrEnd, isMarker } from './characters.ts'
import { goTo, passBreak, type Scan } from './scan.ts'
import type { Token } from './token.ts'
import { YamlError } from './yaml-error.ts'

/** What may follow a backslash in YAML 1.1, and what it means. `\/` came with YAML 1.2. */
const escapes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0': '\0',
    a: '\u0007',
    b: '\b',
    t: '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\u001B',
    ' ': ' ',
    '"': '"',
    '\\': '\\',
    N: '\u0085',
    _: '\u00A0',
    L: '\u2028',
    P: '\u2029',
  }),
)
const hexLengths: ReadonlyMap<string, number> = new Map([['x', 2], ['u', 4], ['U', 8]])

/** Reads a value in single or double quotes. Its further lines may be indented as they like. */
export function readQuoted(scan: Scan): Token {
  const { text, at: start } = scan
  const quote = goTo(scan, start + 1)
  let value = readInLine(scan, quote)
  while (text[scan.at] !== quote) {
    value += readBlanks(scan, start)
    value += readInLine(scan, quote)
  }
  goTo(scan, scan.at + 1)
  return { kind: 'scalar', start, end: scan.at, text: value, style: 'quoted' }
}

/** Up to a blank, the end of the line or the closing quote. */
function readInLine(scan: Scan, quote: string): string {
  const { text } = scan
  let value = ''
  for (;;) {
    let end = scan.at
    while (!isBlankOrEnd(text[end]) && text[end] !== quote && text[end] !== '\\') end++
    value += goTo(scan, end)
    if (text[end] === '\\') value += quote === '"' ? readEscape(scan) : goTo(scan, end + 1)
    else if (quote === "'" && text[end] === quote && text[end + 1] === quote) {
      goTo(scan, end + 2)
      value += quote
    } else return value
  }
}

function readEscape(scan: Scan): string {
  const { text, at: start } = scan
  const char = text[start + 1] ?? ''
  const meaning = escapes.get(char)
  if (meaning !== undefined) {
    goTo(scan, start + 2)
    return meaning
  }
  const length = hexLengths.get(char)
  if (length !== undefined) {
    const hex = text.slice(start + 2, start + 2 + length)
    const code = /^[\da-f]+$/i.test(hex) && hex.length === length ? Number.parseInt(hex, 16) : Infinity
    if (code > 0x10ffff) throw new YamlError('unknown_escape', start)
    goTo(scan, start + 2 + length)
    return String.fromCodePoint(code)
  }
  goTo(scan, start + 1)
  if (passBreak(scan) === '') throw new YamlError('unknown_escape', start)
  return readBreaks(scan, start)
}

/** Blanks between two words; the end of a line is a space, empty lines are kept. */
function readBlanks(scan: Scan, start: number): string {
  const blanks = goTo(scan, endOf(' \t', scan.text, scan.at))
  if (scan.at >= scan.text.length) throw new YamlError('missing_quote', start)
  const first = passBreak(scan)
  return first === '' ? blanks : folded(first, readBreaks(scan, start))
}

function readBreaks(scan: Scan, start: number): string {
  let breaks = ''
  for (;;) {
    if (isMarker(scan.text, scan.at)) throw new YamlError('missing_quote', start)
    goTo(scan, endOf(' \t', scan.text, scan.at))
    const found = passBreak(scan)
    if (found === '') return breaks
    breaks += found
  }
}

/** What the end of a line, with `more` line ends of empty lines behind it, is within a value. */
export function folded(first: string, more: string): string {
  if (first !== '\n') return first + more
  return more === '' ? ' ' : more
}
