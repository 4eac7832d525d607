import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { homeFolder } from '../system/home-folder.ts'

/**
 * The cache folder: `FIRSTNODE_CACHE`, else where this platform keeps caches; for root one that the account which will run
 * the node can reach, which root's own home is not.
 */
export function cacheFolder(asked: { env?: NodeJS.ProcessEnv; platform?: NodeJS.Platform; root?: boolean; user?: string } = {}): string {
  const { env = process.env, platform = process.platform, root = process.getuid?.() === 0, user = homeFolder() } = asked
  if (env.FIRSTNODE_CACHE) return env.FIRSTNODE_CACHE
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(user, 'AppData', 'Local'), 'firstnode', 'cache')
  if (root) return join('/var', 'cache', 'firstnode')
  if (platform === 'darwin') return join(user, 'Library', 'Caches', 'firstnode')
  return join(env.XDG_CACHE_HOME || join(user, '.cache'), 'firstnode')
}

/** What lies where below the cache folder for one version: `complete.json` is written last, so where it is all is whole. */
export interface PracticeFolders {
  readonly all: string
  readonly version: string
  readonly pristine: string
  readonly stamp: string
  readonly lock: string
}

export function practiceFolders(version: string, cache = cacheFolder()): PracticeFolders {
  const all = join(cache, 'practice')
  const folder = join(all, version)
  return { all, version: folder, pristine: join(folder, 'pristine'), stamp: join(folder, 'complete.json'), lock: join(all, `${version}.lock`) }
}

/** A file in every practice copy that says what it is. */
export const practiceMark = 'PRACTICE-COPY.txt'

/** Is this home a practice copy, or a copy of one? */
export function isPracticeHome(home: string): boolean {
  return existsSync(join(home, practiceMark))
}
