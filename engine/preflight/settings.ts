import { problem } from '../../shared/problems/problem.ts'
import { characterLimit } from '../yaml/scanner.ts'
import { replacePlaceholders, substituteEnvironment, type Environment } from './placeholders.ts'
import { readYaml, type FlatSettings } from './yaml-settings.ts'

/** Flat names → the value as text, or a list of texts. */
export type Settings = ReadonlyMap<string, string | readonly string[]>

/** What Elasticsearch's YAML reader takes at most, in characters. Comments behind the last setting are beyond it. */
export const settingsLimit = characterLimit
/** Longer texts are not even looked at, whatever comments are in them. */
const textLimit = settingsLimit * 4

/**
 * Reads the text of an `elasticsearch.yml` as Elasticsearch reads it (InternalSettingsPreparer, 8.3 and newer): nested,
 * flat and half-nested names, lists also as `name.0`, `name.1`, placeholders from `env` and other settings, `force.`
 * names. `given` are settings that take precedence over the file (`path.home`). `major` matters for lists of lists
 * (`a.0.0`) alone. Problems: `settings_…`.
 */
export function readSettings(
  text: string,
  env: Environment,
  given: Readonly<Record<string, string>> = {},
  major = 9,
): Settings {
  const substituted = substituteEnvironment(inLines(text), env, textLimit)
  if (substituted.length > textLimit) {
    throw problem('settings_too_large', { bytes: Buffer.byteLength(substituted), limit: settingsLimit })
  }
  const settings = readYaml(substituted)
  // So often does Elasticsearch look for lists: `a.0.0` is the list of a list.
  gatherLists(settings)
  if (major < 9) beginLists(settings)
  else gatherLists(settings)
  for (const [name, value] of Object.entries(given)) settings.set(name, value)
  if (major >= 9) gatherLists(settings)
  force(settings)
  replacePlaceholders(settings)
  gatherLists(settings)
  return settings
}

/** As Java reads and joins them: every line with the same end, the last one too. */
function inLines(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n')
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`
}

/** The value of `name` as one text, a list in Elasticsearch's own spelling `[a, b]`; null where it is not set. */
export function settingText(settings: Settings, name: string): string | null {
  const value = settings.get(name)
  if (value === undefined) return null
  return typeof value === 'string' ? value : `[${value.join(', ')}]`
}

/** The values of a list setting: a list as it is, a text divided at its commas and trimmed; none where it is not set. */
export function settingList(settings: Settings, name: string): readonly string[] {
  const value = settings.get(name)
  if (value === undefined) return []
  return typeof value === 'string' ? divide(value) : value
}

/** The names that begin with `prefix`, in order. */
export function settingsUnder(settings: Settings, prefix: string): readonly string[] {
  return settingNames(settings, (name) => name.startsWith(prefix))
}

function settingNames(settings: Settings, wanted: (name: string) => boolean): readonly string[] {
  return [...settings.keys()].filter(wanted).sort()
}

/** As Java's `split` does: what is empty at the end is dropped, so commas alone are nothing. */
function divide(text: string): readonly string[] {
  const parts = text.split(',')
  if (parts.length === 1) return [javaTrim(text)]
  return parts.slice(0, parts.findLastIndex((part) => part !== '') + 1).map(javaTrim)
}

/** Java's `trim`: what is not above the space, and no other blanks. */
function javaTrim(text: string): string {
  const seen = (character: string): boolean => character > ' '
  const characters = text.split('')
  const start = Math.max(0, characters.findIndex(seen))
  return characters.slice(start, characters.findLastIndex(seen) + 1).join('')
}

function gatherLists(settings: FlatSettings): void {
  for (const name of listNames(settings)) {
    const items: string[] = []
    const next = (): string | null => take(settings, `${name}.${items.length}`)
    refuseBoth(settings, name)
    for (let item = next(); item !== null; item = next()) items.push(item)
    settings.set(name, items)
  }
}

/** Elasticsearch 8 looks for the items of a list of lists among other settings (Settings.Builder.put): none. */
function beginLists(settings: FlatSettings): void {
  for (const name of listNames(settings)) {
    refuseBoth(settings, name)
    settings.set(name, [])
  }
}

/** The names of settings that are written as `name.0`, in order. */
function listNames(settings: Settings): readonly string[] {
  return settingNames(settings, (name) => name.endsWith('.0')).map((head) => head.slice(0, -'.0'.length))
}

function refuseBoth(settings: Settings, name: string): void {
  if (settings.has(name)) throw problem('settings_list_conflict', { key: name })
}

function take(settings: FlatSettings, name: string): string | null {
  const text = settingText(settings, name)
  settings.delete(name)
  return text
}

function force(settings: FlatSettings): void {
  for (const name of settingsUnder(settings, 'force.')) {
    const value = take(settings, name)
    if (value !== null) settings.set(name.slice('force.'.length), value)
  }
}
