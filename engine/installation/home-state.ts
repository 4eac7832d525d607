import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HomeState } from '../../shared/contract/installation.ts'
import type { Settings } from '../preflight/settings.ts'
import { flag, type HomeSettings } from './home-settings.ts'
import { runsNow } from './running.ts'

export interface StateOfHome {
  readonly state: HomeState
  readonly reason: string | null
}

/** The state of a home at a glance (see `HomeState` of the contract), with the reason in a sentence where there is one. */
export async function stateOf(known: { home: string; config: string; data: readonly string[]; settings: HomeSettings }): Promise<StateOfHome> {
  const { home, config, data, settings: { settings, trouble } } = known
  if (await runsNow(home)) return { state: 'running', reason: null }
  const setup = await setupOf(config)
  if (setup === 'unfinished') return { state: 'unfinished', reason: 'A set-up began here and nobody has its password yet.' }
  if (trouble === 'unreadable') return { state: 'unsuitable', reason: 'Its settings cannot be read by this account.' }
  const secured = securityOf(settings)
  if (secured === 'configured') return { state: 'configured', reason: null }
  const filled = await dataIn(data)
  if (secured === 'off') return { state: 'unsecured', reason: 'Security is switched off in elasticsearch.yml.' }
  if (filled === 'something') return { state: 'unsecured', reason: 'It has data and no security in its settings.' }
  if (filled === 'unreadable') return { state: 'unsuitable', reason: 'Its data directory cannot be read by this account.' }
  return { state: 'new', reason: trouble === 'broken' ? 'Its elasticsearch.yml cannot be read as settings.' : null }
}

/** What the settings say of security: TLS of either layer or `xpack.security.enabled: true` count as configured, by whomever. */
export function securityOf(settings: Settings): 'configured' | 'off' | 'unsaid' {
  const enabled = flag(settings, 'xpack.security.enabled')
  if (enabled === false) return 'off'
  const tls = [...settings.keys()].some((name) => /^xpack\.security\.(?:http|transport)\.ssl\./.test(name))
  return enabled === true || tls ? 'configured' : 'unsaid'
}

/** Our own traces in the config directory: a torn journal, or a record that did not come to the hand-over. */
async function setupOf(config: string): Promise<'none' | 'unfinished' | 'handed over'> {
  const ours = join(config, '.firstnode')
  const names: string[] = await readdir(ours).catch(() => [])
  const record = await readFile(join(ours, 'setup.json'), 'utf8').catch(() => null)
  if (record === null) return names.includes('journal.json') ? 'unfinished' : 'none'
  return stageIn(record) === 'handed-over' ? 'handed over' : 'unfinished'
}

function stageIn(record: string): unknown {
  try {
    return (JSON.parse(record) as { stage?: unknown }).stage
  } catch {
    return null
  }
}

async function dataIn(folders: readonly string[]): Promise<'nothing' | 'something' | 'unreadable'> {
  const found = await Promise.all(
    folders.map((folder) =>
      readdir(folder).then(
        (names) => (names.length > 0 ? 'something' : 'nothing'),
        ({ code }: NodeJS.ErrnoException) => (code === 'EACCES' ? 'unreadable' : 'nothing'),
      ),
    ),
  )
  return found.includes('something') ? 'something' : found.includes('unreadable') ? 'unreadable' : 'nothing'
}
