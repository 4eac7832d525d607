import { problem, type Problem } from '../../shared/problems/problem.ts'

/** A walk over the text of a YAML file, and the text that comes out of it. */
export interface Walk {
  readonly text: string
  at: number
  out: string
  /** up to here the text is in `out` */
  copied: number
  /** columns of the block maps and lists that are open, from -1 */
  readonly indents: number[]
  /** how many brackets are open */
  depth: number
  /** a token was met */
  seen: boolean
  /** the line in which `columnOf` last was */
  lineStart: number
  lineEnd: number
}

export function beginWalk(text: string): Walk {
  return { text, at: 0, out: '', copied: 0, indents: [-1], depth: 0, seen: false, lineStart: 0, lineEnd: endOfLine(text, 0) }
}

/** Steps over a line end; within brackets and quotes what follows is indented deeper than the map around it. */
export function nextLine(walk: Walk, quoted: boolean): void {
  const { text } = walk
  const start = ++walk.at
  if (walk.depth === 0 && !quoted) return
  if (isMarker(text, start)) throw refusal(text, start, 'a quote or a bracket is opened before and never closed')
  const blanks = quoted ? /[ \t]/ : / /
  while (blanks.test(text[walk.at] ?? '')) walk.at++
  const wanted = indentOf(walk) + 2
  if (isBlank(text[walk.at]) || (walk.at - start >= wanted && !text.slice(start, walk.at).includes('\t'))) return
  walk.out += text.slice(walk.copied, start) + ' '.repeat(wanted)
  walk.copied = walk.at
}

/** Puts a blank before a comment that follows close behind a bracket or quote. */
export function detachComment(walk: Walk): void {
  if (walk.text[walk.at] !== '#') return
  walk.out += `${walk.text.slice(walk.copied, walk.at)} `
  walk.copied = walk.at
}

/** The column of the map or list the walk is in; -1 outside of all. */
export function indentOf(walk: Walk): number {
  return walk.indents.at(-1) ?? -1
}

export function openIndent(walk: Walk, column: number): void {
  if (column > indentOf(walk)) walk.indents.push(column)
}

export function closeIndents(walk: Walk, column: number): void {
  while (indentOf(walk) > column) walk.indents.pop()
}

/** Remembers where the line is: looking back for it at every token would take for ever in one long line. */
export function columnOf(walk: Walk): number {
  while (walk.lineEnd < walk.at) {
    walk.lineStart = walk.lineEnd + 1
    walk.lineEnd = endOfLine(walk.text, walk.lineStart)
  }
  return walk.at - walk.lineStart
}

/** `---` or `...` at the beginning of a line. */
export function isMarker(text: string, lineStart: number): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(lineStart, lineStart + 4))
}

export function isBlank(char: string | undefined): boolean {
  return char === undefined || char === ' ' || char === '\t' || char === '\n'
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

export function refusal(text: string, at: number, what: string): Problem {
  const before = text.slice(0, at).split('\n')
  return problem('settings_no_yaml', { line: before.length, column: (before.at(-1) ?? '').length + 1, what })
}
