import type { YamlFault } from '../../shared/problems/yaml-faults.ts'
import { unprintableIn } from './characters.ts'
import { beginScan, type Scan } from './scan.ts'
import { peek, take } from './scanner.ts'
import type { ScalarStyle, Token, TokenKind } from './token.ts'
import { YamlError } from './yaml-error.ts'

/** What is at a place of a YAML text, from its anchor or tag to its last character. Offsets count UTF-16 units. */
export type YamlNode =
  | (Spot & { readonly kind: 'map'; readonly flow: boolean; readonly entries: readonly YamlEntry[] })
  | (Spot & { readonly kind: 'list'; readonly flow: boolean; readonly items: readonly YamlNode[] })
  | YamlText
  | (Spot & { readonly kind: 'alias'; readonly name: string })

export type YamlText = Spot & {
  readonly kind: 'text'
  readonly style: ScalarStyle
  readonly text: string
  /** the whole tag (`!`, `tag:yaml.org,2002:str`); null where there is none */
  readonly tag: string | null
}

interface Spot {
  readonly start: number
  readonly end: number
  /** has an anchor or a tag */
  readonly marked: boolean
}

export interface YamlEntry {
  readonly name: string
  readonly key: YamlText
  readonly value: YamlNode
}

export type YamlMap = YamlNode & { readonly kind: 'map' }

/** As deep as Elasticsearch's reader (Jackson) follows. */
const depthLimit = 1000
const defaultHandles: ReadonlyMap<string, string> = new Map([['!', '!'], ['!!', 'tag:yaml.org,2002:']])

/** The documents of a YAML text, which are read one by one. */
export interface YamlReading {
  readonly scan: Scan
  /** tag handles of `%TAG`, which later documents keep */
  readonly ownHandles: Map<string, string>
  began: boolean
  depth: number
}

/**
 * Reads YAML 1.1 as SnakeYAML does, with what Elasticsearch makes of it: names are texts, and nothing is nested more
 * than 1000 levels deep. Throws a `YamlError`, here for characters that are not allowed, later for all else. Costs
 * linear time, whatever the text.
 */
export function beginYaml(text: string): YamlReading {
  const unprintable = unprintableIn(text)
  if (unprintable !== -1) throw new YamlError('control_character', unprintable)
  return { scan: beginScan(text), ownHandles: new Map(), began: false, depth: 0 }
}

/** The next document; null at the end of the text. */
export function nextDocument(reading: YamlReading): YamlNode | null {
  const { scan } = reading
  const mayBegin = !reading.began && !comes(scan, 'directive', 'document-start', 'end')
  reading.began = true
  if (mayBegin) return readNode(reading, 'block')
  while (comes(scan, 'document-end')) take(scan)
  if (comes(scan, 'end')) return null
  readDirectives(reading)
  if (comes(scan, 'end')) return null
  if (!comes(scan, 'document-start')) throw unexpected(peek(scan), 'indentation')
  const { end } = take(scan)
  const isEmpty = comes(scan, 'directive', 'document-start', 'document-end', 'end')
  return isEmpty ? nothingAt(end) : readNode(reading, 'block')
}

function comes(scan: Scan, ...kinds: readonly TokenKind[]): boolean {
  return kinds.includes(peek(scan).kind)
}

function readDirectives({ scan, ownHandles }: YamlReading): void {
  for (const handle of defaultHandles.keys()) ownHandles.delete(handle)
  let hasVersion = false
  for (let token = peek(scan); token.kind === 'directive'; token = peek(scan)) {
    take(scan)
    const { directive, start } = token
    if (directive.name === 'YAML') {
      if (hasVersion || directive.major !== 1) throw new YamlError('bad_directive', start)
      hasVersion = true
    } else if (directive.name === 'TAG') {
      if (ownHandles.has(directive.handle)) throw new YamlError('bad_directive', start)
      ownHandles.set(directive.handle, directive.prefix)
    }
  }
}

/** Where a node is: in a block, in an entry of a block map (there a list need not be indented), or within brackets. */
type Context = 'block' | 'entry' | 'flow'

function readNode(reading: YamlReading, context: Context): YamlNode {
  const { scan } = reading
  const first = peek(scan)
  if (first.kind === 'alias') {
    take(scan)
    return { kind: 'alias', name: first.name, start: first.start, end: first.end, marked: true }
  }
  const marks = readMarks(reading)
  const node = readContent(reading, context, marks)
  return marks === null ? node : { ...node, start: marks.start, marked: true }
}

interface Marks {
  readonly start: number
  readonly end: number
  readonly tag: string | null
}

/** An anchor and a tag, in either order. */
function readMarks({ scan, ownHandles }: YamlReading): Marks | null {
  const found: Token[] = []
  let tag: string | null = null
  for (let token = peek(scan); token.kind === 'anchor' || token.kind === 'tag'; token = peek(scan)) {
    const { kind } = token
    if (found.some((one) => one.kind === kind)) break
    if (token.kind === 'tag') tag = tagOf(token, ownHandles)
    found.push(take(scan))
  }
  const [first, second = first] = found
  return first === undefined || second === undefined ? null : { start: first.start, end: second.end, tag }
}

function tagOf({ handle, suffix, start }: Token & { kind: 'tag' }, ownHandles: ReadonlyMap<string, string>): string {
  if (handle === null) return suffix
  const prefix = ownHandles.get(handle) ?? defaultHandles.get(handle)
  if (prefix === undefined) throw new YamlError('bad_tag', start)
  return prefix + suffix
}

function readContent(reading: YamlReading, context: Context, marks: Marks | null): YamlNode {
  const { scan } = reading
  const token = peek(scan)
  const tag = marks?.tag ?? null
  if (token.kind === 'scalar') {
    take(scan)
    const { style, text, start, end } = token
    return { kind: 'text', style, text, tag, start, end, marked: false }
  }
  if (token.kind === '[') return deeper(reading, readFlowList)
  if (token.kind === '{') return deeper(reading, readFlowMap)
  if (context === 'entry' && token.kind === '-') return deeper(reading, readFlatList)
  if (context !== 'flow' && token.kind === 'block-list') return deeper(reading, readBlockList)
  if (context !== 'flow' && token.kind === 'block-map') return deeper(reading, readBlockMap)
  if (marks !== null) return { ...nothingAt(marks.end), tag }
  throw unexpected(token, 'missing_value')
}

function deeper(reading: YamlReading, read: (reading: YamlReading) => YamlNode): YamlNode {
  if (reading.depth >= depthLimit) throw new YamlError('too_deep', peek(reading.scan).start)
  reading.depth++
  const node = read(reading)
  reading.depth--
  return node
}

function readBlockList(reading: YamlReading): YamlNode {
  const { scan } = reading
  const { start } = take(scan)
  const items = readItems(reading, ['-', 'block-end'])
  if (!comes(scan, 'block-end')) throw unexpected(peek(scan), 'indentation')
  take(scan)
  return { kind: 'list', flow: false, items, start, end: items.at(-1)?.end ?? start, marked: false }
}

/** A list in the column of the map that it belongs to. */
function readFlatList(reading: YamlReading): YamlNode {
  const { start } = peek(reading.scan)
  const items = readItems(reading, ['-', 'key', 'value', 'block-end'])
  return { kind: 'list', flow: false, items, start, end: items.at(-1)?.end ?? start, marked: false }
}

function readItems(reading: YamlReading, afterNothing: readonly TokenKind[]): YamlNode[] {
  const { scan } = reading
  const items: YamlNode[] = []
  while (comes(scan, '-')) {
    const { end } = take(scan)
    items.push(comes(scan, ...afterNothing) ? nothingAt(end) : readNode(reading, 'block'))
  }
  return items
}

function readBlockMap(reading: YamlReading): YamlNode {
  const { scan } = reading
  const { start } = take(scan)
  const entries: YamlEntry[] = []
  const nothing: readonly TokenKind[] = ['key', 'value', 'block-end']
  while (comes(scan, 'key')) {
    const key = readOrNothing(reading, take(scan).end, 'entry', nothing)
    // SnakeYAML takes a text behind a name for its value, even where there is no colon.
    const value = comes(scan, 'scalar') ? readNode(reading, 'entry') : readValue(reading, 'entry', nothing)
    entries.push(entryOf(key, value))
  }
  if (comes(scan, 'value')) throw new YamlError('missing_name', peek(scan).start)
  if (!comes(scan, 'block-end')) throw unexpected(peek(scan), 'indentation')
  take(scan)
  return { kind: 'map', flow: false, entries, start, end: endOfLast(entries, start), marked: false }
}

function endOfLast(entries: readonly YamlEntry[], start: number): number {
  const last = entries.at(-1)
  return last === undefined ? start : Math.max(last.key.end, last.value.end)
}

function readFlowList(reading: YamlReading): YamlNode {
  const { scan } = reading
  const { start } = take(scan)
  const items: YamlNode[] = []
  while (!comes(scan, ']')) {
    if (items.length > 0) takeComma(scan, start)
    if (comes(scan, ']')) break
    items.push(comes(scan, 'key') ? deeper(reading, readPair) : readNode(reading, 'flow'))
  }
  return { kind: 'list', flow: true, items, start, end: take(scan).end, marked: false }
}

/** `[name: value]`: a map of one within a list. */
function readPair(reading: YamlReading): YamlNode {
  const { end } = take(reading.scan)
  const key = readOrNothing(reading, end, 'flow', ['value', ',', ']'])
  const value = readValue(reading, 'flow', [',', ']'])
  const entries = [entryOf(key, value)]
  return { kind: 'map', flow: true, entries, start: key.start, end: endOfLast(entries, key.end), marked: false }
}

function readFlowMap(reading: YamlReading): YamlNode {
  const { scan } = reading
  const { start } = take(scan)
  const entries: YamlEntry[] = []
  while (!comes(scan, '}')) {
    if (entries.length > 0) takeComma(scan, start)
    if (comes(scan, '}')) break
    if (comes(scan, 'key')) {
      const key = readOrNothing(reading, take(scan).end, 'flow', ['value', ',', '}'])
      entries.push(entryOf(key, readValue(reading, 'flow', [',', '}'])))
    } else {
      const key = readNode(reading, 'flow')
      entries.push(entryOf(key, nothingAt(key.end)))
    }
  }
  return { kind: 'map', flow: true, entries, start, end: take(scan).end, marked: false }
}

const endsFlow: ReadonlySet<TokenKind> = new Set(['end', 'document-start', 'document-end', 'directive', ']', '}'])

function takeComma(scan: Scan, opened: number): void {
  const token = peek(scan)
  if (token.kind === ',') take(scan)
  else throw endsFlow.has(token.kind) ? new YamlError('missing_bracket', opened) : unexpected(token, 'missing_comma')
}

/** What follows a colon; nothing where there is none. */
function readValue(reading: YamlReading, context: Context, afterNothing: readonly TokenKind[]): YamlNode {
  const { scan } = reading
  if (!comes(scan, 'value')) return nothingAt(peek(scan).start)
  return readOrNothing(reading, take(scan).end, context, afterNothing)
}

function readOrNothing(reading: YamlReading, at: number, context: Context, after: readonly TokenKind[]): YamlNode {
  return comes(reading.scan, ...after) ? nothingAt(at) : readNode(reading, context)
}

function entryOf(key: YamlNode, value: YamlNode): YamlEntry {
  if (key.kind !== 'text') throw new YamlError('name_not_text', key.start)
  return { name: key.text, key, value }
}

function nothingAt(at: number): YamlText {
  return { kind: 'text', style: 'none', text: '', tag: null, start: at, end: at, marked: false }
}

const faultsOfTokens: Partial<Record<TokenKind, YamlFault>> = {
  'document-start': 'document_marker',
  'document-end': 'document_marker',
  directive: 'bad_directive',
  scalar: 'unexpected_text',
  alias: 'bad_alias',
  anchor: 'bad_alias',
  tag: 'bad_tag',
  '[': 'unexpected_bracket',
  ']': 'unexpected_bracket',
  '{': 'unexpected_bracket',
  '}': 'unexpected_bracket',
  ',': 'unexpected_comma',
  '-': 'unexpected_item',
  key: 'unexpected_question_mark',
  value: 'unexpected_colon',
}

/** `otherwise`: what is wrong where the token itself does not say it. */
function unexpected(token: Token, otherwise: YamlFault): YamlError {
  return new YamlError(faultsOfTokens[token.kind] ?? otherwise, token.start)
}
