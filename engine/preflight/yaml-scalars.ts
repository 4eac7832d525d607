import { detachComment, endOfLine, indentOf, isBlank, isMarker, nextLine, refusal, type Walk } from './yaml-walk.ts'

/** What may stand behind a backslash in YAML 1.1; `\/` came later. */
const escapes = /^(?:[0abtnvfre "\\N_LP\n]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/
const brackets = /[,[\]{}]/

export function readQuoted(walk: Walk): void {
  const { text } = walk
  const quote = text[walk.at]
  const start = walk.at++
  for (;;) {
    const char = text[walk.at]
    if (char === undefined) throw refusal(text, start, 'a quote is opened and never closed')
    if (char === '\n') nextLine(walk, true)
    else if (char === '\\' && quote === '"') walk.at += 1 + escapeAt(text, walk.at + 1)
    else if (char === "'" && quote === char && text[walk.at + 1] === char) walk.at += 2
    else if (char === quote) break
    else walk.at++
  }
  walk.at++
  detachComment(walk)
}

function escapeAt(text: string, at: number): number {
  const found = escapes.exec(text.slice(at, at + 9))
  if (found === null) throw refusal(text, at - 1, 'a backslash within double quotes is followed by what is no escape')
  // The line end itself is for nextLine.
  return found[0] === '\n' ? 0 : found[0].length
}

/** A text without quotes, over as many lines as it goes on in. */
export function readPlain(walk: Walk): void {
  const { text } = walk
  // Nothing a text can begin with: js-yaml refuses it in its own words.
  if (endsPlain(walk)) walk.at++
  for (let goesOn = true; goesOn; goesOn = toContinuation(walk)) {
    while (walk.at < text.length && !endsPlain(walk)) walk.at = Math.max(walk.at + 1, endOfBlanks(text, walk.at))
    walk.at = endOfBlanks(text, walk.at)
  }
}

/** Goes to where the text goes on in a further line; false where it does not. */
function toContinuation(walk: Walk): boolean {
  const { text } = walk
  if (text[walk.at] !== '\n') return false
  let next = walk.at
  let lineStart = next
  for (; text[next] === '\n' || text[next] === ' '; next++) if (text[next] === '\n') lineStart = next + 1
  const char = text[next]
  if (char === undefined || char === '#' || char === '\t' || isMarker(text, lineStart)) return false
  if (walk.depth === 0 && next - lineStart <= indentOf(walk)) return false
  while (walk.at < next) {
    if (text[walk.at] === '\n') nextLine(walk, false)
    else walk.at++
  }
  return !endsPlain(walk)
}

function endsPlain({ text, at, depth }: Walk): boolean {
  const char = text[at] ?? ''
  const next = text[at + 1]
  if (char === '\n') return true
  if (char === ':') return isBlank(next) || (depth > 0 && brackets.test(next ?? ''))
  if (depth > 0 && brackets.test(char)) return true
  if (char !== ' ' && char !== '\t') return false
  const after = text[endOfBlanks(text, at)]
  return after === undefined || after === '#' || after === '\n'
}

function endOfBlanks(text: string, at: number): number {
  let end = at
  while (text[end] === ' ' || text[end] === '\t') end++
  return end
}

/** Skips the lines of a text after | or >: all that are indented deeper than what it belongs to. */
export function readBlockScalar(walk: Walk): void {
  const { text } = walk
  const header = text.slice(walk.at, walk.at + 8)
  if (/^[|>][-+\d]*\t/.test(header)) throw refusal(text, walk.at, 'a tab stands where a blank is expected')
  const least = Math.max(1, indentOf(walk) + 1)
  const more = /^[|>][-+]?([1-9])/.exec(header)?.[1]
  let indent = more === undefined ? null : least + Number(more) - 1
  walk.at = endOfLine(text, walk.at)
  while (walk.at < text.length) {
    const end = endOfLine(text, walk.at + 1)
    const line = text.slice(walk.at + 1, end)
    const spaces = line.length - line.replace(/^ +/, '').length
    if (spaces < line.length && spaces < (indent ?? least)) return
    if (spaces < line.length) indent ??= spaces
    walk.at = end
  }
}

/** An anchor, an alias or a tag. */
export function readProperty(walk: Walk): void {
  const { text } = walk
  const start = walk.at++
  while (!isBlank(text[walk.at]) && !brackets.test(text[walk.at] ?? '')) walk.at++
  if (text.slice(start, walk.at) === '!!') throw refusal(text, start, 'a tag has no name')
}
