import { isBlankOrEnd, isSpaceOrEnd } from './characters.ts'
import { goTo, type Scan } from './scan.ts'
import type { Token } from './token.ts'
import { YamlError } from './yaml-error.ts'

const word = /[-\w]*/y
const uriCharacters = /[-\w;/?:@&=+$,.!~*'()[\]]*/y

/** Reads `&name` or `*name`. */
export function readAnchor(scan: Scan): Token {
  const { text, at: start } = scan
  const kind = text[start] === '*' ? 'alias' : 'anchor'
  let end = start + 1
  while (!isBlankOrEnd(text[end]) && !':,[]{}/.*&'.includes(text.charAt(end))) end++
  const isEnded = isBlankOrEnd(text[end]) || '?:,]}%@`'.includes(text.charAt(end))
  if (end === start + 1 || !isEnded) throw new YamlError('bad_alias', start)
  return { kind, start, end, name: goTo(scan, end).slice(1) }
}

/** Reads `!<whole>`, `!`, `!suffix`, `!!suffix` or `!handle!suffix`. */
export function readTag(scan: Scan): Token {
  const { text, at: start } = scan
  const next = text[start + 1]
  let handle: string | null = null
  let suffix = '!'
  if (next === '<') {
    goTo(scan, start + 2)
    suffix = readUri(scan, start)
    if (text[scan.at] !== '>') throw new YamlError('bad_tag', start)
    goTo(scan, scan.at + 1)
  } else if (isBlankOrEnd(next)) goTo(scan, start + 1)
  else {
    handle = hasHandle(scan) ? readHandle(scan) : goTo(scan, start + 1)
    suffix = readUri(scan, start)
  }
  if (!isSpaceOrEnd(text[scan.at])) throw new YamlError('bad_tag', start)
  return { kind: 'tag', start, end: scan.at, handle, suffix }
}

/** Whether there is a second `!` before the next blank. */
function hasHandle({ text, at }: Scan): boolean {
  let end = at + 1
  while (!isSpaceOrEnd(text[end]) && text[end] !== '!') end++
  return text[end] === '!'
}

/** Reads `!`, `!!` or `!handle!`. */
export function readHandle(scan: Scan): string {
  const { text, at: start } = scan
  if (text[start] !== '!') throw new YamlError('bad_tag', start)
  if (text[start + 1] === ' ') return goTo(scan, start + 1)
  word.lastIndex = start + 1
  word.test(text)
  if (text[word.lastIndex] !== '!') throw new YamlError('bad_tag', start)
  return goTo(scan, word.lastIndex + 1)
}

/** Reads the characters that an address may have, with `%XX` for others. */
export function readUri(scan: Scan, start: number): string {
  const { text } = scan
  let uri = ''
  for (;;) {
    uriCharacters.lastIndex = scan.at
    uriCharacters.test(text)
    uri += goTo(scan, uriCharacters.lastIndex)
    if (text[scan.at] !== '%') break
    uri += readPercents(scan, start)
  }
  if (uri === '') throw new YamlError('bad_tag', start)
  return uri
}

function readPercents(scan: Scan, start: number): string {
  const bytes: number[] = []
  while (scan.text[scan.at] === '%') {
    const hex = scan.text.slice(scan.at + 1, scan.at + 3)
    // As Java's parseInt takes them: also a sign and one digit.
    if (!/^[-+\da-f][\da-f]$/i.test(hex)) throw new YamlError('bad_tag', start)
    bytes.push(Number.parseInt(hex, 16) & 0xff)
    goTo(scan, scan.at + 3)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
  } catch (thrown) {
    throw new YamlError('bad_tag', start, { cause: thrown })
  }
}
