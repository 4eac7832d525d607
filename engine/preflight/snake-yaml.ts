import { readBlockScalar, readPlain, readProperty, readQuoted } from './yaml-scalars.ts'
import { beginWalk, closeIndents, columnOf, detachComment, endOfLine, isBlank, isMarker, nextLine, openIndent, refusal, type Walk } from './yaml-walk.ts'

/**
 * Elasticsearch reads YAML 1.1 by SnakeYAML, js-yaml reads YAML 1.2. This walks over the text token by token, refuses what SnakeYAML
 * refuses (tabs between tokens, control characters, unknown escapes, names of more than 1024 characters) and gives the same text in
 * a form that js-yaml takes as well: what goes on in a further line within brackets or quotes is indented, which means nothing there,
 * and a comment close behind a bracket or quote gets its blank. Lines stay where they are. Problem: `settings_no_yaml`.
 */
export function asJsYamlWants(text: string): string {
  refuseControlCharacters(text)
  const walk = beginWalk(text.replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n'))
  if (walk.text.startsWith('\uFEFF')) walk.at = 1
  while (toNextToken(walk)) readToken(walk)
  return walk.out + walk.text.slice(walk.copied)
}

function refuseControlCharacters(text: string): void {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const allowed = code >= 0x20 ? code < 0x7f || code === 0x85 || (code > 0x9f && code < 0xfffe) : code === 0x09 || code === 0x0a || code === 0x0d
    if (!allowed) throw refusal(text, at, 'a control character stands here')
  }
}

/** Goes over blanks, comments and line ends to where a token begins; false at the end. */
function toNextToken(walk: Walk): boolean {
  for (;;) {
    const char = walk.text[walk.at]
    if (char === undefined) return false
    if (char === ' ') walk.at++
    else if (char === '#') walk.at = endOfLine(walk.text, walk.at)
    else if (char === '\n') nextLine(walk, false)
    else if (char === '\t') throw refusal(walk.text, walk.at, 'a tab stands where a blank is expected')
    else return true
  }
}

function readToken(walk: Walk): void {
  const { text, at, depth } = walk
  const char = text[at] ?? ''
  const column = columnOf(walk)
  if (depth === 0) closeIndents(walk, column)
  if (column === 0 && isMarker(text, at)) readMarker(walk)
  else if (column === 0 && char === '%' && depth === 0) walk.at = endOfLine(text, at)
  else if (depth === 0 && /[-?]/.test(char) && isBlank(text[at + 1])) {
    openIndent(walk, column)
    walk.at++
  } else if (char === ':' && endsName(walk, at)) walk.at++
  else if (/[&*!]/.test(char)) readProperty(walk)
  else if (depth === 0 && /[|>]/.test(char)) readBlockScalar(walk)
  else if (/[[\]{}]/.test(char)) readBracket(walk)
  else if (char === ',' && depth > 0) walk.at++
  else readText(walk, column, /["']/.test(char) ? readQuoted : readPlain)
  walk.seen = true
}

function readMarker(walk: Walk): void {
  if (walk.text[walk.at] === '.' && !walk.seen) throw refusal(walk.text, walk.at, 'the settings end before they begin')
  closeIndents(walk, -1)
  walk.at += 3
}

function readBracket(walk: Walk): void {
  const opens = /[[{]/.test(walk.text[walk.at] ?? '')
  walk.depth = Math.max(0, walk.depth + (opens ? 1 : -1))
  walk.at++
  if (!opens) detachComment(walk)
}

/** Reads a text; one that a colon follows is a name, and opens a map at its column. */
function readText(walk: Walk, column: number, read: (walk: Walk) => void): void {
  const { text, at } = walk
  read(walk)
  let after = walk.at
  while (text[after] === ' ') after++
  if (text[after] !== ':' || !endsName(walk, after)) return
  if (walk.at - at > 1024) throw refusal(text, at, 'a name is longer than 1024 characters')
  if (walk.depth === 0 && !text.slice(at, after).includes('\n')) openIndent(walk, column)
}

function endsName({ text, depth }: Walk, at: number): boolean {
  return depth > 0 || isBlank(text[at + 1])
}
