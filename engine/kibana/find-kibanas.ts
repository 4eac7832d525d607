import { readdir, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { KibanaView } from '../../shared/contract/kibana.ts'
import { homeFolder, workingFolder } from '../system/home-folder.ts'
import { mostFolders, patience, searchPlaces, type Unsearched } from '../system/search-places.ts'
import { inspectKibana, kibanaVersion } from './kibana-home.ts'
import { viewKibana } from './kibana-view.ts'

/**
 * The Kibanas in the usual places, and beside the Elasticsearch home `beside`, which come first; newest version first among the
 * others. What cannot be read is left out, and which folders were not looked through until `timeUp` is said.
 */
export async function findKibanas(
  beside: string | null,
  places: readonly string[] = usualPlaces(),
  timeUp: AbortSignal = AbortSignal.timeout(patience),
): Promise<{ readonly kibanas: KibanaView[]; readonly unsearched: Unsearched }> {
  const found = new Map<string, KibanaView>()
  const near = beside === null ? [] : [dirname(beside)]
  const search = async ({ folder }: { readonly folder: string }, onFull: (folder: string) => void): Promise<void> => {
    for (const home of await kibanasIn(folder, onFull)) {
      const real = await realpath(home).catch(() => home)
      const view = await inspectKibana({ home }).then(viewKibana).catch(() => null)
      if (view !== null && !found.has(real)) found.set(real, view)
    }
  }
  const unsearched = await searchPlaces([...new Set([...near, ...places])].map((folder) => ({ folder })), search, timeUp)
  const isNear = (view: KibanaView): number => (near.includes(dirname(view.home)) ? 0 : 1)
  const kibanas = [...found.values()].toSorted(
    (a, b) => isNear(a) - isNear(b) || b.version.localeCompare(a.version, 'en', { numeric: true }) || a.home.localeCompare(b.home),
  )
  return { kibanas, unsearched }
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
async function kibanasIn(folder: string, onFull: (folder: string) => void): Promise<string[]> {
  if ((await kibanaVersion(folder)) !== null) return [folder]
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const named = entries.filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && /kibana/i.test(entry.name))
  if (named.length > mostFolders) onFull(folder)
  const homes = await Promise.all(named.slice(0, mostFolders).map(async ({ name }) => ((await kibanaVersion(join(folder, name))) === null ? null : join(folder, name))))
  return homes.filter((home) => home !== null)
}
