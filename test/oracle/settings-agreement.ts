import { isDeepStrictEqual } from 'node:util'
import { readSettings } from '../../engine/preflight/settings.ts'
import { Problem } from '../../shared/problems/problem.ts'
import { oracleEnvironment, oracleGiven, type SettingsAnswer } from './settings-oracle.ts'

/** What Firstnode makes of the same text on the same version, in the same form. */
export function readByUs(text: string, version: string): SettingsAnswer {
  try {
    return { settings: Object.fromEntries(readSettings(text, oracleEnvironment, oracleGiven, Number.parseInt(version, 10))) }
  } catch (thrown) {
    if (thrown instanceof Problem) return { refused: `${thrown.code}: ${thrown.message}` }
    throw thrown
  }
}

/** Whether both take a text, with the same names and values, or both refuse it. */
export function agree(one: SettingsAnswer, other: SettingsAnswer): boolean {
  if ('refused' in one || 'refused' in other) return 'refused' in one && 'refused' in other
  return isDeepStrictEqual(one.settings, other.settings)
}
