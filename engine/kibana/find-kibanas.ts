import { readdir, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { KibanaView } from '../../shared/contract/kibana.ts'
import { homeFolder, workingFolder } from '../system/home-folder.ts'
import { inspectKibana, kibanaVersion } from './kibana-home.ts'
import { viewKibana } from './kibana-view.ts'

/** Longer than this (ms) nobody waits for a list: what was found until then is shown. */
const patience = 3000
/** More folders than this in one place are not looked into. */
const mostFolders = 300

/**
 * The Kibanas in the usual places, and beside the Elasticsearch home `beside`, which come first; newest version first among the others. What cannot be read is left out.
 */
export async function findKibanas(beside: string | null, places: readonly string[] = usualPlaces()): Promise<KibanaView[]> {
  const found = new Map<string, KibanaView>()
  const near = beside === null ? [] : [dirname(beside)]
  const timer = new AbortController()
  const search = Promise.all(
    [...new Set([...near, ...places])].map(async (place) => {
      for (const home of await kibanasIn(place)) {
        const real = await realpath(home).catch(() => home)
        const view = await inspectKibana({ home }).then(viewKibana).catch(() => null)
        if (view !== null && !found.has(real)) found.set(real, view)
      }
    }),
  )
  await Promise.race([search, pause(patience, undefined, { signal: timer.signal }).catch(() => undefined)])
  timer.abort()
  const isNear = (view: KibanaView): number => (near.includes(dirname(view.home)) ? 0 : 1)
  return [...found.values()].toSorted((a, b) => isNear(a) - isNear(b) || b.version.localeCompare(a.version, 'en', { numeric: true }) || a.home.localeCompare(b.home))
}

/** Where people unpack it, and where packages lay it. */
function usualPlaces(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform, user = homeFolder()): string[] {
  const own = [workingFolder() ?? user, user, ...['Downloads', 'Desktop', 'Documents', 'elastic', 'kibana', 'apps', 'opt'].map((name) => join(user, name))]
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env.ProgramW6432, `${env.SystemDrive ?? 'C:'}\\`].filter((folder) => folder !== undefined)
    return [...own, ...roots.flatMap((folder) => [folder, join(folder, 'Elastic')])]
  }
  return [...own, '/usr/share', '/opt', '/usr/local', '/srv', ...(platform === 'darwin' ? ['/Applications', '/opt/homebrew/opt', '/usr/local/opt'] : [])]
}

/** A folder that is one, or those in it whose name says so. */
async function kibanasIn(folder: string): Promise<string[]> {
  if ((await kibanaVersion(folder)) !== null) return [folder]
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const named = entries.filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && /kibana/i.test(entry.name)).slice(0, mostFolders)
  const homes = await Promise.all(named.map(async ({ name }) => ((await kibanaVersion(join(folder, name))) === null ? null : join(folder, name))))
  return homes.filter((home) => home !== null)
}
