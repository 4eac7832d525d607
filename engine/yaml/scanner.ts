import { MiB } from '../../shared/sizes.ts'
import { readBlock } from './block.ts'
import { endOf, endOfLine, isBlankOrEnd, isMarker } from './characters.ts'
import { readDirective } from './directive.ts'
import { readPlain } from './plain.ts'
import { readAnchor, readTag } from './properties.ts'
import { readQuoted } from './quoted.ts'
import { goTo, passBreak, type Scan } from './scan.ts'
import type { SymbolKind, Token } from './token.ts'
import { YamlError } from './yaml-error.ts'

/** What SnakeYAML reads at most, in characters. It looks only where a token begins. */
export const characterLimit = 3 * MiB
/** A name that is longer is none, unless it is marked with `?`. */
const nameLimit = 1024

/** The next token, which stays the next one. */
export function peek(scan: Scan): Token {
  while (needsMore(scan)) scanToken(scan)
  const token = scan.found[0]
  if (token === undefined) throw new RangeError('the tokens are at their end')
  return token
}

export function take(scan: Scan): Token {
  const token = peek(scan)
  scan.found.shift()
  scan.taken++
  return token
}

/** A token that may be a name is not known before what follows it. */
function needsMore(scan: Scan): boolean {
  if (scan.ended) return false
  if (scan.found.length === 0) return true
  dropStaleCandidates(scan)
  return scan.candidates[0]?.token === scan.taken
}

function scanToken(scan: Scan): void {
  if (scan.index > characterLimit) throw new YamlError('too_large', scan.at)
  passBlanksAndComments(scan)
  dropStaleCandidates(scan)
  closeIndents(scan, scan.column)
  const { text, at, column, flowLevel } = scan
  const char = text[at]
  const next = text[at + 1]
  if (char === undefined) scanEnd(scan)
  else if (column === 0 && char === '%') scanMarker(scan, readDirective)
  else if (column === 0 && isMarker(text, at)) scanMarker(scan, readMarker)
  else if (char === '[' || char === '{') openFlow(scan, char)
  else if (char === ']' || char === '}') closeFlow(scan, char)
  else if (char === ',') scanComma(scan)
  else if (char === '-' && isBlankOrEnd(next)) scanItem(scan)
  else if (char === '?' && (flowLevel !== 0 || isBlankOrEnd(next))) scanMarkedName(scan)
  else if (char === ':' && (flowLevel !== 0 || isBlankOrEnd(next))) scanColon(scan)
  else if (char === '*' || char === '&') scanContent(scan, readAnchor)
  else if (char === '!') scanContent(scan, readTag)
  else if (flowLevel === 0 && (char === '|' || char === '>')) scanBlock(scan)
  else if (char === "'" || char === '"') scanContent(scan, readQuoted)
  else if (beginsPlain(scan, char)) scanContent(scan, readPlain)
  else throw new YamlError(char === '\t' ? 'tab' : 'reserved_character', at)
}

function beginsPlain({ flowLevel }: Scan, char: string): boolean {
  // Where a blank follows them, these were read before.
  if (char === '-' || (flowLevel === 0 && (char === '?' || char === ':'))) return true
  return !'\t?:|>%@`'.includes(char)
}

function passBlanksAndComments(scan: Scan): void {
  for (;;) {
    goTo(scan, endOf(' ', scan.text, scan.at))
    if (scan.text[scan.at] === '#') goTo(scan, endOfLine(scan.text, scan.at))
    if (passBreak(scan) === '') return
    if (scan.flowLevel === 0) scan.nameAllowed = true
  }
}

function readMarker(scan: Scan): Token {
  return symbol(scan, scan.text[scan.at] === '-' ? 'document-start' : 'document-end', '---'.length)
}

function symbol(scan: Scan, kind: SymbolKind, length = 1): Token {
  const start = scan.at
  goTo(scan, start + length)
  return { kind, start, end: scan.at }
}

function scanEnd(scan: Scan): void {
  closeIndents(scan, -1)
  dropCandidate(scan)
  scan.found.push(symbol(scan, 'end', 0))
  scan.ended = true
}

/** Between documents and before them. */
function scanMarker(scan: Scan, read: (scan: Scan) => Token): void {
  closeIndents(scan, -1)
  dropCandidate(scan)
  scan.nameAllowed = false
  scan.found.push(read(scan))
}

function openFlow(scan: Scan, bracket: '[' | '{'): void {
  addCandidate(scan)
  scan.flowLevel++
  scan.nameAllowed = true
  scan.found.push(symbol(scan, bracket))
}

function closeFlow(scan: Scan, bracket: ']' | '}'): void {
  dropCandidate(scan)
  scan.flowLevel--
  scan.nameAllowed = false
  scan.found.push(symbol(scan, bracket))
}

function scanComma(scan: Scan): void {
  scan.nameAllowed = true
  dropCandidate(scan)
  scan.found.push(symbol(scan, ','))
}

/** `-` before an item of a list; within brackets the parser refuses it. */
function scanItem(scan: Scan): void {
  if (scan.flowLevel === 0) {
    if (!scan.nameAllowed) throw new YamlError('unexpected_item', scan.at)
    openIndent(scan, scan.column, 'block-list')
  }
  scan.nameAllowed = true
  dropCandidate(scan)
  scan.found.push(symbol(scan, '-'))
}

/** `?` before a name. */
function scanMarkedName(scan: Scan): void {
  if (scan.flowLevel === 0) {
    if (!scan.nameAllowed) throw new YamlError('unexpected_question_mark', scan.at)
    openIndent(scan, scan.column, 'block-map')
  }
  scan.nameAllowed = scan.flowLevel === 0
  dropCandidate(scan)
  scan.found.push(symbol(scan, 'key'))
}

/** `:` before a value: what may have been a name is one. */
function scanColon(scan: Scan): void {
  const name = scan.candidates.at(-1)
  if (name !== undefined && name.flowLevel === scan.flowLevel) {
    scan.candidates.pop()
    const place = name.token - scan.taken
    scan.found.splice(place, 0, { kind: 'key', start: name.at, end: name.at })
    if (scan.flowLevel === 0) openIndent(scan, name.column, 'block-map', place, name.at)
    scan.nameAllowed = false
  } else {
    if (scan.flowLevel === 0) {
      if (!scan.nameAllowed) throw colonError(scan)
      openIndent(scan, scan.column, 'block-map')
    }
    scan.nameAllowed = scan.flowLevel === 0
  }
  scan.found.push(symbol(scan, 'value'))
}

function colonError({ at, line, tooLong }: Scan): YamlError {
  return tooLong?.line === line ? new YamlError('name_too_long', tooLong.at) : new YamlError('unexpected_colon', at)
}

/** A value, or a name; what belongs to one counts as its beginning. */
function scanContent(scan: Scan, read: (scan: Scan) => Token): void {
  addCandidate(scan)
  scan.nameAllowed = false
  scan.found.push(read(scan))
}

function scanBlock(scan: Scan): void {
  scan.nameAllowed = true
  dropCandidate(scan)
  scan.found.push(readBlock(scan))
}

/** `place`: where among the tokens that are found a map or list opens that begins at `at`. */
function openIndent(
  scan: Scan,
  column: number,
  kind: 'block-map' | 'block-list',
  place = scan.found.length,
  at = scan.at,
): void {
  if (scan.indent >= column) return
  scan.indents.push(scan.indent)
  scan.indent = column
  scan.found.splice(place, 0, { kind, start: at, end: at })
}

function closeIndents(scan: Scan, column: number): void {
  if (scan.flowLevel !== 0) return
  while (scan.indent > column) {
    scan.indent = scan.indents.pop() ?? -1
    scan.found.push({ kind: 'block-end', start: scan.at, end: scan.at })
  }
}

function addCandidate(scan: Scan): void {
  const { flowLevel, at, index, line, column } = scan
  const required = flowLevel === 0 && scan.indent === column
  if (!scan.nameAllowed) {
    if (required) throw new YamlError('unexpected_text', at)
    return
  }
  dropCandidate(scan)
  scan.candidates.push({ token: scan.taken + scan.found.length, flowLevel, required, at, index, line, column })
}

/** On this flow level nothing that came before is a name. */
function dropCandidate(scan: Scan): void {
  const last = scan.candidates.at(-1)
  if (last === undefined || last.flowLevel !== scan.flowLevel) return
  if (last.required) throw new YamlError('missing_colon', last.at)
  scan.candidates.pop()
}

/** A name ends in the line in which it begins, and is not too long. The oldest candidates become stale first. */
function dropStaleCandidates(scan: Scan): void {
  for (let [first] = scan.candidates; first !== undefined; [first] = scan.candidates) {
    const isInLine = first.line === scan.line
    if (isInLine && scan.index - first.index <= nameLimit) return
    if (first.required) throw new YamlError(isInLine ? 'name_too_long' : 'missing_colon', first.at)
    if (isInLine) scan.tooLong = first
    scan.candidates.shift()
  }
}
