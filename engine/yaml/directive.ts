import { digitOf, endOf, endOfLine, isSpaceOrEnd } from './characters.ts'
import { readHandle, readUri } from './properties.ts'
import { goTo, passBreak, type Scan } from './scan.ts'
import type { Directive, Token } from './token.ts'
import { YamlError } from './yaml-error.ts'

/** Reads a line that starts with `%`: `%YAML 1.1`, `%TAG handle prefix`, or any other, which means nothing. */
export function readDirective(scan: Scan): Token {
  const { text, at: start } = scan
  goTo(scan, start + 1)
  const name = /^[-\w]*/.exec(text.slice(scan.at, endOfLine(text, scan.at)))?.[0] ?? ''
  goTo(scan, scan.at + name.length)
  if (name === '' || !isSpaceOrEnd(text[scan.at])) throw new YamlError('bad_directive', start)
  const directive = readValue(scan, name)
  const end = scan.at
  passSpaces(scan)
  if (text[scan.at] === '#') goTo(scan, endOfLine(text, scan.at))
  if (scan.at < text.length && passBreak(scan) === '') throw new YamlError('bad_directive', start)
  return { kind: 'directive', start, end, directive }
}

function readValue(scan: Scan, name: string): Directive {
  if (name !== 'YAML' && name !== 'TAG') {
    goTo(scan, endOfLine(scan.text, scan.at))
    return { name: 'other' }
  }
  const start = scan.at
  passSpaces(scan)
  const directive = name === 'YAML' ? readVersion(scan, start) : readTagPrefix(scan, start)
  if (!isSpaceOrEnd(scan.text[scan.at])) throw new YamlError('bad_directive', start)
  return directive
}

function readVersion(scan: Scan, start: number): Directive {
  const major = readNumber(scan, start)
  if (scan.text[scan.at] !== '.') throw new YamlError('bad_directive', start)
  goTo(scan, scan.at + 1)
  readNumber(scan, start)
  return { name: 'YAML', major }
}

function readTagPrefix(scan: Scan, start: number): Directive {
  const handle = readHandle(scan)
  if (scan.text[scan.at] !== ' ') throw new YamlError('bad_directive', start)
  passSpaces(scan)
  return { name: 'TAG', handle, prefix: readUri(scan, start) }
}

/** A number that Java takes for an `int`. */
function readNumber(scan: Scan, start: number): number {
  let number: number | null = null
  for (let digit = digitOf(scan.text[scan.at]); digit !== null; digit = digitOf(scan.text[scan.at])) {
    number = (number ?? 0) * 10 + digit
    goTo(scan, scan.at + 1)
  }
  if (number === null || number > 0x7fffffff) throw new YamlError('bad_directive', start)
  return number
}

function passSpaces(scan: Scan): void {
  goTo(scan, endOf(' ', scan.text, scan.at))
}
