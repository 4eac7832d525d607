import { problem } from '../../shared/problems/problem.ts'
import type { Environment } from '../preflight/placeholders.ts'
import { readSettings, type Settings } from '../preflight/settings.ts'
import { changedSetting, readBack } from './read-back.ts'
import { removeYamlSettings, type Gone } from './yaml-removal.ts'

/** An `elasticsearch.yml` without some settings: the new text, how they went, and what is read of it then. */
export interface SettingsRemoved {
  readonly text: string
  readonly gone: readonly Gone[]
  readonly settings: Settings
}

/**
 * Takes settings (flat names, as Elasticsearch reads them) out of the text of an `elasticsearch.yml`, in every spelling that stands there:
 * commented out in place, or cut out of braces. All else stays byte for byte; the result is read again as Elasticsearch reads it, and
 * must say all that it said before, but for these. `given` are settings that stand above the file. Problems: `settings_not_editable`, `settings_…` of preflight.
 */
export function removeSettings(text: string, names: readonly string[], env: Environment, given: Readonly<Record<string, string>> = {}): SettingsRemoved {
  const before = readSettings(text, env, given)
  const first = names.find((name) => before.has(name)) ?? names[0] ?? ''
  const removal = removeYamlSettings(text, (written) => names.includes(plainName(written, before)))
  if (removal === null) throw problem('settings_not_editable', { key: first })
  const settings = readBack(removal.text, env, given)
  const changed = settings === null ? first : changedSetting(before, settings, new Map(names.map((name) => [name, null])))
  if (settings === null || changed !== null) throw problem('settings_not_editable', { key: changed ?? first })
  return { ...removal, settings }
}

/** The name that Elasticsearch gives to a name in the file: without `force.`, and without the number of an item of a list. */
function plainName(written: string, settings: Settings): string {
  const name = written.replace(/^force\./, '')
  const list = name.replace(/\.\d+$/, '')
  return settings.has(name) || !settings.has(list) ? name : list
}
