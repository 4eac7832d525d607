import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, type Event } from 'js-yaml'

/** COLLECTION_STYLE.FLOW of js-yaml, which does not export it for use */
const inBrackets = 2

/**
 * `text` with the value of the setting `key` replaced by `value` (YAML), all else left as it is: flat, nested or half-nested names.
 * Null where the value cannot be replaced alone (a list over several lines, an alias, a text that runs over lines) or `key` is not there.
 */
export function replaceYamlValue(text: string, key: string, value: string): string | null {
  const spans = spansOf(text, key)
  if (spans === null || spans.length === 0) return null
  return spans.toSorted((one, other) => other.start - one.start).reduce((edited, { start, end }) => edited.slice(0, start) + value + edited.slice(end), text)
}

interface Span {
  readonly start: number
  readonly end: number
}

interface Walk {
  readonly text: string
  readonly events: readonly Event[]
  readonly key: string
  readonly spans: Span[]
  at: number
  possible: boolean
}

function spansOf(text: string, key: string): readonly Span[] | null {
  let events: readonly Event[]
  try {
    events = parseEvents(text, {})
  } catch {
    return null
  }
  const walk: Walk = { text, events, key, spans: [], at: 1, possible: true }
  if (walk.events[walk.at]?.type !== EVENT_ID.MAPPING) return null
  walk.at++
  walkMap(walk, '')
  return walk.possible ? walk.spans : null
}

function walkMap(walk: Walk, prefix: string): void {
  for (;;) {
    const name = walk.events[walk.at++]
    if (name === undefined || name.type !== EVENT_ID.SCALAR) return
    const path = prefix + getScalarValue(walk.text, name)
    const value = walk.events[walk.at++]
    if (value?.type === EVENT_ID.MAPPING) walkMap(walk, `${path}.`)
    else if (value?.type === EVENT_ID.SEQUENCE) walkList(walk, value, path === walk.key)
    else if (path === walk.key) addSpan(walk, value === undefined ? null : scalarSpan(walk.text, value))
  }
}

function walkList(walk: Walk, list: Event & { type: typeof EVENT_ID.SEQUENCE }, wanted: boolean): void {
  let end = list.start + 1
  for (let depth = 1; depth > 0; ) {
    const event = walk.events[walk.at++]
    if (event === undefined) return
    if (event.type === EVENT_ID.POP) depth--
    else if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) depth++
    else if (event.type === EVENT_ID.SCALAR) end = event.valueEnd
  }
  const closes = walk.text.indexOf(']', end)
  if (wanted) addSpan(walk, list.style === inBrackets && closes !== -1 && list.tagStart === -1 ? { start: list.start, end: closes + 1 } : null)
}

function addSpan(walk: Walk, span: Span | null): void {
  if (span === null || walk.text.slice(span.start, span.end).includes('\n')) walk.possible = false
  else walk.spans.push(span)
}

function scalarSpan(text: string, event: Event): Span | null {
  if (event.type !== EVENT_ID.SCALAR || event.tagStart !== -1 || event.anchorStart !== -1) return null
  if (event.style === SCALAR_STYLE.PLAIN) return { start: event.valueStart, end: event.valueEnd }
  if (event.style !== SCALAR_STYLE.SINGLE_QUOTED && event.style !== SCALAR_STYLE.DOUBLE_QUOTED) return null
  const quote = event.style === SCALAR_STYLE.SINGLE_QUOTED ? "'" : '"'
  const span = { start: event.valueStart - 1, end: event.valueEnd + 1 }
  return text[span.start] === quote && text[span.end - 1] === quote ? span : null
}
