import type { YamlEntry, YamlMap, YamlNode } from '../yaml/parser.ts'
import { readYamlMap } from './yaml-tree.ts'

/** A text without some of its settings, and how those went. */
export interface Removal {
  readonly text: string
  readonly gone: readonly Gone[]
}

/** Settings that stood together, by their flat names, and how they went: their lines are comments now, or they were cut out of braces. */
export interface Gone {
  readonly names: readonly string[]
  readonly how: 'commented out' | 'cut out'
  /** the number of the first line of a comment that was made, from 0 */
  readonly line: number | null
}

/**
 * `text` without the settings whose flat name is `unwanted`: their lines become comments in place, those within brackets are cut out; a
 * map of which nothing is left goes with them. All else stays byte for byte. Null where that cannot be done alone: anchors and aliases
 * among them, names marked with `?`, comments within the brackets that would be cut.
 */
export function removeYamlSettings(text: string, unwanted: (name: string) => boolean): Removal | null {
  const root = readYamlMap(text)
  if (root === null) return null
  const removing: Removing = { text, lineAt: linesOf(text), goes: new Set(), edits: [], gone: [], possible: true }
  if (mark(removing.goes, root, '', unwanted)) commentOut(removing, root, '')
  else removeFrom(removing, root, '')
  if (!removing.possible) return null
  const lineAfter = linesAfter(removing)
  return { text: edited(removing), gone: removing.gone.map((one) => ({ ...one, line: lineAfter(one.line) })) }
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly put: string
}

interface Removing {
  readonly text: string
  /** the number of the line, from 0, at a place of the text */
  readonly lineAt: (at: number) => number
  /** the values and maps that go, with all that is in them */
  readonly goes: Set<YamlNode>
  readonly edits: Edit[]
  readonly gone: Gone[]
  possible: boolean
}

/** Finds what goes: a value or an empty map by its name, another map where all of it goes. */
function mark(goes: Set<YamlNode>, value: YamlNode, name: string, unwanted: (name: string) => boolean): boolean {
  const prefix = name === '' ? '' : `${name}.`
  const goesItself =
    value.kind === 'map' && (value.entries.length > 0 || name === '')
      ? value.entries.filter((entry) => mark(goes, entry.value, prefix + entry.name, unwanted)).length === value.entries.length && value.entries.length > 0
      : unwanted(name)
  if (goesItself) goes.add(value)
  return goesItself
}

function removeFrom(removing: Removing, map: YamlMap, prefix: string): void {
  const goes = map.entries.map(({ value }) => removing.goes.has(value))
  if (map.flow) cutOut(removing, map.entries, goes, prefix)
  for (const [index, { name, key, value }] of map.entries.entries()) {
    if (goes[index] === true) {
      if (!map.flow) commentOut(removing, { ...value, start: key.start, marked: key.marked || value.marked }, prefix + name)
    } else if (value.kind === 'map') removeFrom(removing, value, `${prefix}${name}.`)
  }
}

/** Puts a # before each line of what stands alone on its lines, in the column in which it begins. */
function commentOut(removing: Removing, node: YamlNode, name: string): void {
  const { text, edits } = removing
  const lineStart = startOfLine(text, node.start)
  const before = text.slice(lineStart, node.start)
  if (!/^\uFEFF? *$/.test(before) || !/^\s*(?:#|$)/.test(restOfLine(text, node.end)) || hasMarks(node)) {
    removing.possible = false
    return
  }
  const column = before.replace('\uFEFF', '').length
  edits.push({ start: node.start, end: node.start, put: '#' })
  // Blank lines and comments among them stay as they are.
  for (const line of text.slice(node.start, node.end).matchAll(/(?<=\r\n|\n|\r(?!\n))( *)(?=[^\s#])/g)) {
    const at = node.start + line.index + Math.min(column, (line[1] ?? '').length)
    edits.push({ start: at, end: at, put: '#' })
  }
  removing.gone.push({ names: namesIn(node, name), how: 'commented out', line: removing.lineAt(node.start) })
}

function startOfLine(text: string, at: number): number {
  let start = at
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start--
  return start
}

function restOfLine(text: string, at: number): string {
  const rest = /[^\r\n]*/y
  rest.lastIndex = at
  return rest.exec(text)?.[0] ?? ''
}

/** Cuts entries out of a map in braces, of which something stays: those before that with the comma behind them, those after it with the comma before. */
function cutOut(removing: Removing, entries: readonly YamlEntry[], goes: readonly boolean[], prefix: string): void {
  const { text, edits, gone } = removing
  const lastKept = goes.lastIndexOf(false)
  const cut = (start: number, end: number): void => {
    // A comment that a person wrote between them belongs to nobody knows which.
    if (/[\r\n]/.test(text.slice(start, end)) && text.slice(start, end).includes('#')) removing.possible = false
    edits.push({ start, end, put: '' })
  }
  for (const [index, { name, key, value }] of entries.entries()) {
    if (goes[index] !== true) continue
    const [kept, following] = [entries[lastKept], entries[index + 1]]
    if (index < lastKept && following !== undefined) cut(key.start, following.key.start)
    else if (index === entries.length - 1 && kept !== undefined) cut(endOf(kept), endOf({ name, key, value }))
    if (key.marked || hasMarks(value)) removing.possible = false
    gone.push({ names: namesIn(value, prefix + name), how: 'cut out', line: null })
  }
}

function endOf({ key, value }: YamlEntry): number {
  return Math.max(key.end, value.end)
}

/** Gives the number of the line, from 0, at a place of `text`: found by halves, since looking from the start each time would cost the square. */
function linesOf(text: string): (at: number) => number {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index)
  return (at) => firstFrom(ends, at)
}

/** How many of `sorted` are below `limit`. */
function firstFrom(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Gives the number of a line once the edits are made: what is cut out of braces before it may be of several lines. */
function linesAfter({ lineAt, edits }: Removing): (line: number | null) => number | null {
  const cuts = edits
    .map(({ start, end }) => ({ line: lineAt(end), lost: lineAt(end) - lineAt(start) }))
    .filter(({ lost }) => lost > 0)
    .toSorted((one, other) => one.line - other.line)
  const ends = cuts.map(({ line }) => line)
  const lost = [0]
  for (const cut of cuts) lost.push((lost.at(-1) ?? 0) + cut.lost)
  return (line) => (line === null ? null : line - (lost[firstFrom(ends, line + 1)] ?? 0))
}

function hasMarks(node: YamlNode): boolean {
  if (node.marked) return true
  if (node.kind === 'list') return node.items.some(hasMarks)
  return node.kind === 'map' && node.entries.some(({ key, value }) => key.marked || hasMarks(value))
}

function namesIn(node: YamlNode, name: string): string[] {
  if (node.kind !== 'map') return [name]
  return node.entries.flatMap((entry) => namesIn(entry.value, name === '' ? entry.name : `${name}.${entry.name}`))
}

function edited({ text, edits }: Removing): string {
  let from = 0
  const parts = edits
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, end, put }) => {
      const part = text.slice(from, start) + put
      from = end
      return part
    })
  return parts.join('') + text.slice(from)
}
