import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml'
import { asJsYamlWants } from '../preflight/snake-yaml.ts'

/** COLLECTION_STYLE.FLOW of js-yaml, which does not export it for use */
const inBrackets = 2

/** What stands at a place of a YAML text, from its anchor or tag to its last character. */
export type YamlNode =
  | (Spot & { readonly kind: 'map'; readonly flow: boolean; readonly entries: readonly YamlEntry[] })
  | (Spot & { readonly kind: 'list'; readonly flow: boolean; readonly items: readonly YamlNode[] })
  | (Spot & { readonly kind: 'text'; readonly style: 'plain' | 'quoted' | 'block' | 'none' })
  | (Spot & { readonly kind: 'alias' })

interface Spot {
  readonly start: number
  readonly end: number
  /** has an anchor or a tag */
  readonly marked: boolean
}

export interface YamlEntry {
  readonly name: string
  readonly key: Spot
  readonly value: YamlNode
}

export type YamlMap = YamlNode & { readonly kind: 'map' }

/** The map that a YAML text consists of, read as Elasticsearch reads it, with where everything in it stands; null where it is none, or cannot be read or located. */
export function readYamlMap(text: string): YamlMap | null {
  try {
    // Placeholders are replaced before YAML is read; in brackets their braces would be read as a map.
    const wanted = asJsYamlWants(text.replaceAll(/\$\{[^}\r\n]*\}/g, (one) => one.replaceAll(/\S/g, 'x')))
    const root = readNode({ text: wanted, events: parseEvents(wanted, {}), at: 1 }, 0)
    return root.kind === 'map' ? (moved(root, placesIn(wanted, text)) as YamlMap) : null
  } catch {
    return null
  }
}

type Places = (spot: Spot) => Spot

/** The two texts differ in blanks and line ends only: the same character that is none stands in both, each at its own place. */
function placesIn(wanted: string, text: string): Places {
  const seen = /[^\s\u0085]/g
  const there = [...text.matchAll(seen)].map(({ index }) => index)
  const before = new Uint32Array(wanted.length + 1)
  for (const { index } of wanted.matchAll(seen)) before[index + 1] = 1
  for (let at = 1; at < before.length; at++) before[at] = (before[at] ?? 0) + (before[at - 1] ?? 0)
  const endAt = (at: number): number => (there[(before[at] ?? 0) - 1] ?? -1) + 1
  return ({ start, end, marked }) => ({ start: start === end ? endAt(start) : (there[before[start] ?? 0] ?? text.length), end: endAt(end), marked })
}

function moved(node: YamlNode, places: Places): YamlNode {
  const spot = places(node)
  if (node.kind === 'list') return { ...node, ...spot, items: node.items.map((item) => moved(item, places)) }
  if (node.kind !== 'map') return { ...node, ...spot }
  return { ...node, ...spot, entries: node.entries.map(({ name, key, value }) => ({ name, key: places(key), value: moved(value, places) })) }
}

interface Reading {
  readonly text: string
  readonly events: readonly Event[]
  at: number
}

function next({ events }: Reading, at: number): Event {
  const event = events[at]
  if (event === undefined) throw new RangeError('the YAML events end early')
  return event
}

/** `from` is where what stands before ends: there a value that is not written down begins and ends. */
function readNode(reading: Reading, from: number): YamlNode {
  const event = next(reading, reading.at++)
  switch (event.type) {
    case EVENT_ID.MAPPING:
      return readMap(reading, event)
    case EVENT_ID.SEQUENCE:
      return readList(reading, event)
    case EVENT_ID.ALIAS:
      return { kind: 'alias', start: event.anchorStart - 1, end: event.anchorEnd, marked: true }
    case EVENT_ID.SCALAR:
      return { kind: 'text', style: styleOf(event), ...spotOf(event, from) }
    default:
      throw new RangeError('a value was expected')
  }
}

function readMap(reading: Reading, event: Event & { type: typeof EVENT_ID.MAPPING }): YamlNode {
  const entries: YamlEntry[] = []
  let end = event.start
  for (;;) {
    const name = next(reading, reading.at++)
    if (name.type === EVENT_ID.POP) break
    if (name.type !== EVENT_ID.SCALAR) throw new RangeError('a name that is no plain text')
    const key = spotOf(name, end)
    const value = readNode(reading, key.end)
    entries.push({ name: getScalarValue(reading.text, name), key, value })
    end = Math.max(key.end, value.end)
  }
  return { kind: 'map', entries, ...aroundOf(reading.text, event, end, '{}') }
}

function readList(reading: Reading, event: Event & { type: typeof EVENT_ID.SEQUENCE }): YamlNode {
  const items: YamlNode[] = []
  let end = event.start
  while (next(reading, reading.at).type !== EVENT_ID.POP) {
    const item = readNode(reading, end)
    items.push(item)
    end = Math.max(end, item.end)
  }
  reading.at++
  return { kind: 'list', items, ...aroundOf(reading.text, event, end, '[]') }
}

function aroundOf(text: string, event: Event & { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }, end: number, [opens, closes]: string): Spot & { flow: boolean } {
  const flow = event.style === inBrackets
  const marks = [event.anchorStart - 1, event.tagStart].filter((at) => at >= 0)
  return {
    start: Math.min(event.start, ...marks),
    end: flow ? closingEnd(text, text[end] === opens && end === event.start ? end + 1 : end, closes ?? '') : end,
    marked: marks.length > 0,
    flow,
  }
}

/** Behind the bracket that closes what ends at `from`: only blanks, commas and comments may stand between. */
function closingEnd(text: string, from: number, bracket: string): number {
  const between = /(?:[\s,]|#[^\r\n]*)*/y
  between.lastIndex = from
  between.exec(text)
  if (text[between.lastIndex] !== bracket) throw new RangeError('a bracket that is not closed where it was expected')
  return between.lastIndex + 1
}

function styleOf({ style, valueStart }: ScalarEvent): 'plain' | 'quoted' | 'block' | 'none' {
  if (valueStart < 0) return 'none'
  if (style === SCALAR_STYLE.PLAIN) return 'plain'
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 'quoted' : 'block'
}

function spotOf(event: ScalarEvent, from: number): Spot {
  const marks = [event.anchorStart - 1, event.tagStart].filter((at) => at >= 0)
  const quote = styleOf(event) === 'quoted' ? 1 : 0
  const [start, end] = event.valueStart < 0 ? [from, from] : [event.valueStart - quote, event.valueEnd + quote]
  return { start: Math.min(start, ...marks), end, marked: marks.length > 0 }
}
