import { readdir } from 'node:fs/promises'
import type { HomeState, Installation } from '../../shared/contract/installation.ts'
import { Problem } from '../../shared/problems/problem.ts'
import type { UnfinishedWork } from '../../shared/contract/unfinished.ts'
import { findNode } from '../node/find-node.ts'
import { otherHolder } from '../plan/lock.ts'
import { unfinishedIn, unfinishedWork } from '../plan/unfinished.ts'
import { settingsUnder, type Settings } from '../preflight/settings.ts'
import { flag, type HomeSettings } from './home-settings.ts'

export interface StateOfHome {
  readonly state: HomeState
  readonly reason: string | null
  readonly unfinished?: UnfinishedWork
}

type Looked = Pick<Installation, 'home' | 'config' | 'logs' | 'version' | 'data'>

/** The state of a home at a glance (see `HomeState` of the contract), with the reason in a sentence where there is one. */
export async function stateOf(home: Looked, settings: HomeSettings): Promise<StateOfHome> {
  try {
    const kind = await unfinishedIn(home.config)
    if (kind === null) return await settledStateOf(home, settings)
    const unfinished = unfinishedWork(kind, home.home, await otherHolder(home.config))
    // On a node that is set up these are small things: it stays what it is.
    if (kind === 'opening' || kind === 'closing' || kind === 'renew' || kind === 'temporary-user') return { ...(await settledStateOf(home, settings)), unfinished }
    // First of all: also a node that runs may be one whose password nobody has yet.
    return { state: 'unfinished', reason: unfinished.message, unfinished }
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    if (thrown.code === 'record_unreadable' || thrown.code === 'journal_unreadable') return { state: 'unsuitable', reason: thrown.message }
    return settledStateOf(home, settings)
  }
}

async function settledStateOf(home: Looked, { settings, trouble }: HomeSettings): Promise<StateOfHome> {
  if ((await findNode(home)) !== null) return { state: 'running', reason: null }
  if (trouble === 'unreadable') return { state: 'unsuitable', reason: 'Its settings cannot be read by this account.' }
  const secured = securityOf(settings)
  if (secured === 'configured') return { state: 'configured', reason: null }
  if (secured === 'off') return { state: 'unsecured', reason: 'Security is switched off in elasticsearch.yml.' }
  const data = await dataIn(home.data)
  if (data === 'something') return { state: 'unsecured', reason: 'It has data and no security in its settings.' }
  if (data === 'unreadable') return { state: 'unsuitable', reason: 'Its data directory cannot be read by this account.' }
  return { state: 'new', reason: trouble === 'broken' ? 'Its elasticsearch.yml cannot be read as settings.' : null }
}

/** What the settings say of security: TLS of either layer or `xpack.security.enabled: true` count as configured, by whomever. */
export function securityOf(settings: Settings): 'configured' | 'off' | 'unsaid' {
  const enabled = flag(settings, 'xpack.security.enabled')
  if (enabled === false) return 'off'
  const tls = [...settingsUnder(settings, 'xpack.security.http.ssl.'), ...settingsUnder(settings, 'xpack.security.transport.ssl.')]
  return enabled === true || tls.length > 0 ? 'configured' : 'unsaid'
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
