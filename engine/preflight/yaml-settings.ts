import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException, type Event, type ScalarEvent } from 'js-yaml'
import { problem } from '../../shared/problems/problem.ts'
import { asJsYamlWants } from './snake-yaml.ts'

export type FlatSettings = Map<string, string | readonly string[]>

/**
 * Reads YAML into flat names as Elasticsearch does (`Settings.fromXContent` over Jackson's YAML parser, as found by asking
 * it): values keep the text they are written in, but for a bare true/yes/on and false/no/off, which become `true` and
 * `false` (not within lists); an alias is the text of its name; the later of two spellings of one name wins.
 * Problems: `settings_no_yaml`, `settings_no_map`, `settings_duplicate_key`, `settings_null`, `settings_bad_list`,
 * `settings_bad_key`, `settings_bad_value`, `settings_more_documents`.
 */
export function readYaml(written: string): FlatSettings {
  const text = asJsYamlWants(written)
  const events = parse(text)
  const reading: Reading = { text, events, at: 0, atKey: 0, into: new Map() }
  if (events.length === 0) return reading.into
  next(reading)
  const root = next(reading)
  if (root.type !== EVENT_ID.MAPPING) throw problem('settings_no_map', { line: lineOf(text, startOf(root)), found: kindOf(reading, root) })
  readMap(reading, '')
  next(reading)
  const more = events[reading.at + 1]
  if (more !== undefined) throw problem('settings_more_documents', { line: lineOf(text, startOf(more)) })
  return reading.into
}

interface Reading {
  readonly text: string
  readonly events: readonly Event[]
  at: number
  /** where the name stands that was read last */
  atKey: number
  readonly into: FlatSettings
}

/** Far more than any name has dots, and far less than what the stack takes. */
const maxDepth = 200

function parse(text: string): Event[] {
  try {
    return parseEvents(text, { maxDepth })
  } catch (thrown) {
    if (!(thrown instanceof YAMLException)) throw thrown
    const { line, column } = thrown.mark ?? { line: 0, column: 0 }
    throw problem('settings_no_yaml', { line: line + 1, column: column + 1, what: thrown.reason }, { cause: thrown })
  }
}

function readMap(reading: Reading, prefix: string): void {
  const seen = new Map<string, number>()
  for (let event = next(reading); event.type !== EVENT_ID.POP; event = next(reading)) {
    const at = startOf(event)
    if (event.type !== EVENT_ID.SCALAR || at === -1) throw problem('settings_bad_key', { line: lineOf(reading.text, reading.atKey) })
    const name = getScalarValue(reading.text, event)
    const key = prefix + name
    const first = seen.get(name)
    if (first !== undefined) throw problem('settings_duplicate_key', { key, line: lineOf(reading.text, at), firstLine: lineOf(reading.text, first) })
    seen.set(name, at)
    reading.atKey = at
    readValue(reading, key)
  }
}

function readValue(reading: Reading, key: string): void {
  const event = next(reading)
  const { text, atKey } = reading
  if (event.type === EVENT_ID.MAPPING) readMap(reading, `${key}.`)
  else if (event.type === EVENT_ID.SEQUENCE) reading.into.set(key, readList(reading, key))
  else if (event.type === EVENT_ID.ALIAS) reading.into.set(key, aliasName(reading, event))
  else if (event.type === EVENT_ID.SCALAR) {
    const scalar = readScalar(reading, event)
    if (scalar.kind === 'null') throw problem('settings_null', { key, line: lineOf(text, atKey) })
    if (scalar.kind === 'binary') throw problem('settings_bad_value', { key, line: lineOf(text, atKey) })
    reading.into.set(key, scalar.kind === 'boolean' ? String(truthy.has(scalar.text)) : scalar.text)
  }
}

function readList(reading: Reading, key: string): readonly string[] {
  const items: string[] = []
  for (let event = next(reading); event.type !== EVENT_ID.POP; event = next(reading)) {
    const scalar = event.type === EVENT_ID.SCALAR ? readScalar(reading, event) : null
    if (scalar !== null && scalar.kind !== 'null' && scalar.kind !== 'binary') items.push(scalar.text)
    else if (event.type === EVENT_ID.ALIAS) items.push(aliasName(reading, event))
    else throw problem('settings_bad_list', { key, line: lineOf(reading.text, Math.max(startOf(event), reading.atKey)) })
  }
  return items
}

const truthy = new Set(['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'])
const falsy = new Set(['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF'])
const nullish = new Set(['', '~', 'null', 'Null', 'NULL'])

interface Scalar {
  readonly kind: 'text' | 'boolean' | 'null' | 'binary'
  readonly text: string
}

function readScalar(reading: Reading, event: ScalarEvent): Scalar {
  const text = getScalarValue(reading.text, event)
  const tag = event.tagStart === -1 ? '' : reading.text.slice(event.tagStart, event.tagEnd)
  if (/^(!!|!<tag:yaml\.org,2002:)binary/.test(tag)) return { kind: 'binary', text }
  const plain = event.style === SCALAR_STYLE.PLAIN
  const boolean = truthy.has(text) || falsy.has(text)
  if (tag === '' || tag === '!') {
    if (plain && boolean) return { kind: 'boolean', text }
    if (plain && nullish.has(text)) return { kind: 'null', text }
    return { kind: 'text', text }
  }
  return { kind: /^(!!|!<tag:yaml\.org,2002:)bool/.test(tag) && boolean ? 'boolean' : 'text', text }
}

function aliasName(reading: Reading, event: { readonly anchorStart: number; readonly anchorEnd: number }): string {
  return reading.text.slice(event.anchorStart, event.anchorEnd)
}

function next(reading: Reading): Event {
  const event = reading.events[reading.at++]
  if (event === undefined) throw new Error('the YAML events end early')
  return event
}

function startOf(event: Event): number {
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start
  if (event.type === EVENT_ID.SCALAR) return event.valueStart
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : 0
}

function kindOf(reading: Reading, event: Event): string {
  if (event.type === EVENT_ID.SEQUENCE) return 'a list'
  return event.type === EVENT_ID.SCALAR && readScalar(reading, event).kind === 'null' ? 'nothing' : 'a single value'
}

/** Looked up only where something is wrong: it goes through the whole text. */
function lineOf(text: string, offset: number): number {
  return text.slice(0, Math.max(0, offset)).split('\n').length
}
