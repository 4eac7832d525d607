import { Problem } from '../../shared/problems/problem.ts'
import type { Environment } from '../preflight/placeholders.ts'
import { readSettings, settingText, type Settings } from '../preflight/settings.ts'

/** An edited `elasticsearch.yml` as Elasticsearch reads it; null where it would refuse it. `given` are settings that stand above the file. */
export function readBack(text: string, env: Environment, given: Readonly<Record<string, string>> = {}): Settings | null {
  try {
    return readSettings(text, env, given)
  } catch (thrown) {
    if (thrown instanceof Problem) return null
    throw thrown
  }
}

/** The first setting that says neither what is `expected` of it (null: nothing) nor, where nothing is, what it said before; null where there is none. */
export function changedSetting(before: Settings, after: Settings, expected: ReadonlyMap<string, string | null>): string | null {
  for (const name of new Set([...before.keys(), ...after.keys(), ...expected.keys()])) {
    const wanted = expected.has(name) ? (expected.get(name) ?? null) : settingText(before, name)
    if (settingText(after, name) !== wanted) return name
  }
  return null
}
