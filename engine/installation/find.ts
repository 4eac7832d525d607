import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FoundHome } from '../../shared/contract/installation.ts'
import { Problem } from '../../shared/problems/problem.ts'
import { homeFolder, workingFolder } from '../system/home-folder.ts'
import { mostFolders, patience, searchPlaces, type Unsearched } from '../system/search-places.ts'
import { describeAccount, ownerOf, runAccount } from './accounts.ts'
import { readHomeSettings } from './home-settings.ts'
import { stateOf } from './home-state.ts'
import { pathsOf } from './inspect.ts'
import { layoutOf } from './layout.ts'
import { cacheFolder, isPracticeHome, practiceFolders } from './practice-cache.ts'
import { practiceVersions } from './practice-versions.ts'
import { isHome, suitableVersionOf, versionOf } from './version.ts'
import { wholeHome } from './whole-home.ts'

interface Found {
  readonly homes: FoundHome[]
  readonly unsearched: Unsearched
}

interface Search {
  readonly env?: NodeJS.ProcessEnv
  readonly places?: readonly Place[]
  readonly timeUp?: AbortSignal
  readonly look?: (home: string, env: NodeJS.ProcessEnv) => Promise<FoundHome>
}

interface Place {
  readonly folder: string
  /** 0: the folder itself; 1: and those in it; 2: and those in these, for names that speak of Elasticsearch */
  readonly depth: 0 | 1 | 2
}

/**
 * The Elasticsearch homes in the usual places, newest first, all looked at in parallel until `timeUp`; what cannot be read is
 * left out, and which folders were not looked through is said. A home that is not for us (too old, not whole, unreadable) is
 * told with the reason. `look`: what is said of a home.
 */
export async function findHomes(asked: Search = {}): Promise<Found> {
  const { env = process.env, places = usualPlaces(env), timeUp = AbortSignal.timeout(patience), look = lookAt } = asked
  const found = new Map<string, FoundHome>()
  const search = async (place: Place, onFull: (folder: string) => void): Promise<void> => {
    for (const home of await homesIn(place.folder, place.depth, onFull)) {
      const real = await realpath(home).catch(() => home)
      const seen = await look(home, env).catch(() => null)
      if (seen !== null && !found.has(real)) found.set(real, seen)
    }
  }
  const unsearched = await searchPlaces(places, search, timeUp)
  return { homes: [...found.values()].toSorted((a, b) => b.modified - a.modified), unsearched }
}

/** Where people keep it: where they are, where downloads go, where administrators put it, and our own practice copies. */
export function usualPlaces(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform, user = homeFolder()): Place[] {
  const named = env.ES_HOME ? [{ folder: env.ES_HOME, depth: 0 as const }] : []
  const own = [workingFolder() ?? user, user, join(user, 'Downloads'), join(user, 'Desktop'), join(user, 'Documents')].map((folder) => ({ folder, depth: 1 as const }))
  const below = ['elasticsearch', 'elastic', 'es', 'apps', 'opt'].map((name) => ({ folder: join(user, name), depth: 1 as const }))
  const practice = practiceVersions.map(({ version }) => ({ folder: practiceFolders(version, cacheFolder({ env, platform })).version, depth: 1 as const }))
  return [...named, ...own, ...below, ...systemPlaces(env, platform), ...practice]
}

function systemPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Place[] {
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.ProgramW6432, env.SystemDrive === undefined ? 'C:\\' : `${env.SystemDrive}\\`]
    return roots.filter((folder) => folder !== undefined).flatMap((folder) => [{ folder, depth: 1 as const }, { folder: join(folder, 'Elastic'), depth: 2 as const }])
  }
  const mac = platform === 'darwin' ? ['/Applications', '/usr/local/var', '/opt/homebrew/opt', '/usr/local/opt'] : []
  return [
    { folder: '/usr/share/elasticsearch', depth: 0 },
    ...['/opt', '/usr/local', '/srv', '/usr/local/share', '/var/lib', ...mac].map((folder) => ({ folder, depth: 2 as const })),
  ]
}

/** Homes in a folder: itself, those in it, and one step further in those whose name says so. Never into a home. */
async function homesIn(folder: string, depth: number, onFull: (folder: string) => void): Promise<string[]> {
  if (await isHome(folder)) return [folder]
  if (depth === 0) return []
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const folders = entries.filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.') && entry.name !== 'pristine')
  if (folders.length > mostFolders) onFull(folder)
  const depthOf = (name: string): number => (depth > 1 && /elastic|^es\b|search/i.test(name) ? 1 : 0)
  const searched = folders.slice(0, mostFolders)
  const below = await Promise.all(searched.map(({ name }) => homesIn(join(folder, name), depthOf(name), onFull)))
  return below.flat()
}

async function lookAt(home: string, env: NodeJS.ProcessEnv): Promise<FoundHome> {
  const { mtimeMs } = await stat(home)
  const owner = await ownerOf(home).catch(() => null)
  const [layout, found] = await Promise.all([layoutOf({ home, env }), versionOf(home).catch(() => null)])
  const version = found?.text ?? null
  const known = { home, config: layout.config, owner: owner === null ? null : describeAccount(owner), modified: mtimeMs, practice: isPracticeHome(home) }
  try {
    await wholeHome(home)
    const { text } = await suitableVersionOf(home)
    const runAs = await runAccount({ home, packaged: layout.kind === 'package' }).catch(() => null)
    const settings = await readHomeSettings({ home, config: layout.config, layout: layout.kind, runAs }, { env })
    const { state, reason, unfinished } = await stateOf({ home, config: layout.config, version: text, ...pathsOf(home, settings.settings) }, settings)
    return { ...known, version, state, stateReason: reason, ...(unfinished === undefined ? {} : { unfinished }) }
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    return { ...known, version, state: 'unsuitable', stateReason: thrown.message }
  }
}
