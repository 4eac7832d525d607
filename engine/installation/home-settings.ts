import { stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { readSettings, settingList, settingsLimit, settingText, type Settings } from '../preflight/settings.ts'
import { notForOwner, readOwned } from './read-owned.ts'

/** What `elasticsearch.yml` says, as far as this room needs it; empty where it cannot be read. */
export interface HomeSettings {
  readonly settings: Settings
  /** `missing`, `unreadable` (by its permissions) or `broken` (no YAML, too large); null where it was read */
  readonly trouble: 'missing' | 'unreadable' | 'broken' | null
}

/** The settings of this config directory, with those `given` above them. Never throws on what the file holds: checks tell that, and the home is still looked at. */
export async function readHomeSettings(home: string, config: string, env: NodeJS.ProcessEnv = process.env, given: Readonly<Record<string, string>> = {}): Promise<HomeSettings> {
  const path = join(config, 'elasticsearch.yml')
  try {
    const stats = await stat(path)
    // A code point takes four bytes at most; what is larger is not even read.
    if (!stats.isFile() || stats.size > settingsLimit * 4) return { settings: new Map(), trouble: 'broken' }
    // bin/elasticsearch-env exports HOSTNAME, which a shell may keep to itself.
    const text = (await readOwned(path)).toString('utf8')
    return { settings: readSettings(text, { HOSTNAME: hostname(), ...env }, { 'path.home': home, ...given }), trouble: null }
  } catch (thrown) {
    return { settings: new Map(), trouble: troubleOf(thrown) }
  }
}

function troubleOf(thrown: unknown): HomeSettings['trouble'] {
  const { code } = thrown as { code?: string }
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing'
  return code === 'EACCES' || code === 'EPERM' || code === notForOwner ? 'unreadable' : 'broken'
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
