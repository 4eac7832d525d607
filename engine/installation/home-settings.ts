import { Problem } from '../../shared/problems/problem.ts'
import type { NodeHome } from '../node/launch-environment.ts'
import { environmentOf } from '../node/process-table.ts'
import { serverProcesses } from '../node/server-processes.ts'
import { variableNames, type Environment } from '../preflight/placeholders.ts'
import { readNodeSettings, readSettingsText, type Reading } from '../preflight/settings-file.ts'
import { settingList, settingText, type Settings } from '../preflight/settings.ts'
import { configPaths } from '../security/config-paths.ts'

/** What `elasticsearch.yml` says, as far as this room needs it; empty where it cannot be read. */
export interface HomeSettings {
  readonly settings: Settings
  /** `missing`, `unreadable` (by its permissions) or `broken` (no YAML, too large); null where it was read */
  readonly trouble: 'missing' | 'unreadable' | 'broken' | null
}

/** The settings of this home as its node reads them, or as the one that runs has read them where only that knows a variable. Problems: `settings_…`. */
export async function readStandingSettings(home: NodeHome, text: string, reading: Reading = {}): Promise<Settings> {
  try {
    return await readNodeSettings(home, text, reading)
  } catch (thrown) {
    if (!(thrown instanceof Problem) || thrown.code !== 'settings_placeholder') throw thrown
    return readNodeSettings(home, text, { ...reading, env: await withItsVariables(home, text, reading.env ?? process.env) })
  }
}

/** The same, from the file of this home. Never throws on what the file holds: checks tell that, and the home is still looked at. */
export async function readHomeSettings(home: NodeHome, reading: Reading = {}): Promise<HomeSettings> {
  try {
    const { text } = await readSettingsText(configPaths(home.config).yml)
    return { settings: await readStandingSettings(home, text, reading), trouble: null }
  } catch (thrown) {
    return { settings: new Map(), trouble: troubleOf(thrown) }
  }
}

/** The environment with the variables that the running node of this home has, and this process has not. */
async function withItsVariables(home: NodeHome, text: string, env: Environment): Promise<Environment> {
  const [server] = await serverProcesses(home)
  if (server === undefined) return env
  const missing = [...variableNames(text)].filter((name) => env[name] === undefined)
  const found = await Promise.all(missing.map(async (name) => [name, (await environmentOf(server.pid, name)) ?? undefined] as const))
  return { ...env, ...Object.fromEntries(found) }
}

function troubleOf(thrown: unknown): HomeSettings['trouble'] {
  const code = thrown instanceof Problem ? thrown.code : null
  if (code === 'settings_missing') return 'missing'
  return code === 'settings_unreadable' && !isNoFile(thrown) ? 'unreadable' : 'broken'
}

function isNoFile(thrown: unknown): boolean {
  return ((thrown as Problem).cause as NodeJS.ErrnoException | undefined)?.code === 'EISDIR'
}

/** The values of a list setting without what is empty. */
export function listed(settings: Settings, name: string): string[] {
  return settingList(settings, name).filter((one) => one !== '')
}

/** A setting that is true or false; null where it is neither. */
export function flag(settings: Settings, name: string): boolean | null {
  const text = settingText(settings, name)
  return text === 'true' ? true : text === 'false' ? false : null
}
