import { problem } from '../../shared/problems/problem.ts'

export type Environment = Readonly<Record<string, string | undefined>>
type Values = Map<string, string | readonly string[]>

/**
 * Replaces every `${NAME}` that the environment knows in the text of the file, before it is read as YAML: even in names and
 * comments, a value with a colon becomes YAML (InternalSettingsPreparer.loadConfigWithSubstitutions). Because all between the
 * braces is taken as the name, `${NAME:default}` is left to `replacePlaceholders`, which knows no environment.
 */
export function substituteEnvironment(text: string, env: Environment): string {
  return text.replaceAll(/\$\{([^}\r\n]*)\}/g, (whole, name: string) => (Object.hasOwn(env, name) ? (env[name] ?? whole) : whole))
}

/**
 * Replaces `${NAME}` and `${NAME:default}` in place by other settings, in the order of the names; a value that becomes
 * empty is dropped (Settings.Builder.replacePropertyPlaceholders). Problems: `settings_placeholder`, `settings_placeholder_circle`.
 */
export function replacePlaceholders(values: Values): void {
  for (const name of [...values.keys()].sort()) {
    const value = values.get(name) ?? ''
    if (typeof value === 'string') {
      const replaced = replaceIn(value, { key: name, values, visited: new Set() })
      if (replaced === '') values.delete(name)
      else values.set(name, replaced)
    } else {
      values.set(name, value.map((item) => replaceIn(item, { key: name, values, visited: new Set() })))
    }
  }
}

interface Work {
  readonly key: string
  readonly values: Values
  readonly visited: Set<string>
}

function replaceIn(text: string, work: Work): string {
  let result = text
  let start = result.indexOf('${')
  while (start !== -1) {
    const end = endOfPlaceholder(result, start)
    if (end === -1) return result
    const raw = result.slice(start + 2, end)
    if (work.visited.has(raw)) throw problem('settings_placeholder_circle', { key: work.key, name: raw })
    work.visited.add(raw)
    const inner = replaceIn(raw, work)
    const colon = inner.indexOf(':')
    const name = colon === -1 ? inner : inner.slice(0, colon)
    const found = lookUp(name, work.values) ?? (colon === -1 ? undefined : inner.slice(colon + 1))
    if (found === undefined) {
      // Left over from prompts that Elasticsearch no longer makes: it keeps such a value as it stands.
      if (name.startsWith('prompt.')) return text
      throw problem('settings_placeholder', { key: work.key, name })
    }
    const replacement = replaceIn(found, work)
    result = result.slice(0, start) + replacement + result.slice(end + 1)
    start = result.indexOf('${', start + replacement.length)
    work.visited.delete(name)
  }
  return result
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
