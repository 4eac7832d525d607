import { problem } from '../../shared/problems/problem.ts'
import { MiB } from '../../shared/sizes.ts'

export type Environment = Readonly<Record<string, string | undefined>>
type Values = Map<string, string | readonly string[]>

/**
 * Replaces every `${NAME}` that the environment knows in the text of the file, before it is read as YAML: even in names and
 * comments, a value with a colon becomes YAML (InternalSettingsPreparer.loadConfigWithSubstitutions). Because all between the
 * braces is taken as the name, `${NAME:default}` is left to `replacePlaceholders`, which knows no environment.
 * Stops once the result is longer than `limit` characters.
 */
export function substituteEnvironment(text: string, env: Environment, limit = Infinity): string {
  const parts: string[] = []
  let length = 0
  const add = (part: string): void => {
    parts.push(part)
    length += part.length
  }
  let from = 0
  for (const { start, end, name } of variablesIn(text)) {
    const value = Object.hasOwn(env, name) ? env[name] : undefined
    add(text.slice(from, start))
    add(value ?? text.slice(start, end))
    from = end
    if (length > limit) break
  }
  return parts.join('') + text.slice(from)
}

/** The names in `${NAME}` that Elasticsearch looks up in its environment when it reads this text. */
export function variableNames(text: string): ReadonlySet<string> {
  return new Set(Array.from(variablesIn(text), ({ name }) => name))
}

interface Found {
  readonly start: number
  /** behind the closing brace */
  readonly end: number
  readonly name: string
}

/** In each line from a `${` to the next brace, whatever is between them. */
function* variablesIn(text: string): Generator<Found> {
  if (!text.includes('${')) return
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    for (let start = line.indexOf('${'); start !== -1; ) {
      const close = line.indexOf('}', start + 2)
      if (close === -1) break
      yield { start: index + start, end: index + close + 1, name: line.slice(start + 2, close) }
      start = line.indexOf('${', close + 1)
    }
  }
}

/** How deeply placeholders may refer to others. Elasticsearch's own stack ends between 3,000 and 10,000. */
const deepest = 2000
/** How many characters all placeholders of a file may come to. Elasticsearch's launcher runs out of memory at some 30 million, after a minute. */
const mostCharacters = 8 * MiB
/** What a placeholder counts beside its characters. */
const perPlaceholder = 8

/**
 * Replaces `${NAME}` and `${NAME:default}` in place by other settings, in the order of the names; a value that becomes
 * empty is dropped (Settings.Builder.replacePropertyPlaceholders). Problems: `settings_placeholder`, `settings_placeholder_circle`,
 * `settings_placeholders_too_many`.
 */
export function replacePlaceholders(values: Values): void {
  const spent = { characters: 0 }
  for (const name of [...values.keys()].sort()) {
    const value = values.get(name) ?? ''
    const replace = (text: string): string => replaceIn(text, { key: name, values, visited: new Set(), spent }, 0)
    const replaced = typeof value === 'string' ? replace(value) : value.map(replace)
    if (replaced === '') values.delete(name)
    else values.set(name, replaced)
  }
}

interface Work {
  readonly key: string
  readonly values: Values
  readonly visited: Set<string>
  readonly spent: { characters: number }
}

function replaceIn(text: string, work: Work, depth: number): string {
  let start = text.indexOf('${')
  if (start === -1) return text
  const parts: string[] = []
  let from = 0
  while (start !== -1) {
    const end = endOfPlaceholder(text, start)
    if (end === -1) break
    const raw = text.slice(start + 2, end)
    spend(raw.length + perPlaceholder, work, depth)
    if (work.visited.has(raw)) throw problem('settings_placeholder_circle', { key: work.key, name: raw })
    work.visited.add(raw)
    const inner = replaceIn(raw, work, depth + 1)
    const colon = inner.indexOf(':')
    const name = colon === -1 ? inner : inner.slice(0, colon)
    const found = lookUp(name, work.values) ?? (colon === -1 ? undefined : inner.slice(colon + 1))
    if (found === undefined) {
      // Left over from prompts that Elasticsearch no longer makes: it keeps such a value as it stands.
      if (name.startsWith('prompt.')) return text
      throw problem('settings_placeholder', { key: work.key, name, of: kindOf(name) })
    }
    const replacement = replaceIn(found, work, depth + 1)
    spend(replacement.length, work, depth)
    parts.push(text.slice(from, start), replacement)
    from = end + 1
    start = text.indexOf('${', from)
    work.visited.delete(name)
  }
  return parts.join('') + text.slice(from)
}

/** Problem: `settings_placeholders_too_many`. */
function spend(characters: number, { key, spent }: Work, depth: number): void {
  spent.characters += characters
  if (spent.characters > mostCharacters || depth > deepest) throw problem('settings_placeholders_too_many', { key })
}

/** What a placeholder without a value was meant to name: settings have a dot in their names, variables have none. */
function kindOf(name: string): 'variable' | 'setting' | 'nothing' {
  if (name.trim() === '') return 'nothing'
  return /^\w+$/.test(name) ? 'variable' : 'setting'
}

function lookUp(name: string, values: Values): string | undefined {
  const setting = values.get(name)
  return typeof setting === 'object' ? `[${setting.join(', ')}]` : setting
}

function endOfPlaceholder(text: string, start: number): number {
  let depth = 0
  for (let at = start + 2; at < text.length; at++) {
    if (text[at] === '}') {
      if (depth === 0) return at
      depth--
    } else if (text.startsWith('${', at)) {
      depth++
      at++
    }
  }
  return -1
}
