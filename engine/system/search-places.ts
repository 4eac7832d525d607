import { problem, type Problem } from '../../shared/problems/problem.ts'

/** Longer than this (ms) nobody waits for a list: what was found until then is shown, with what was not searched. */
export const patience = 3000
/** More folders than this in one place are not looked into. */
export const mostFolders = 300

/** Folders that a search did not look through: `slow` took too long, `full` hold more than `mostFolders`. */
export interface Unsearched {
  readonly slow: readonly string[]
  readonly full: readonly string[]
}

/** Looks through all places at once, until `timeUp` at the longest. `search` says of which folders it left some out. */
export async function searchPlaces<P extends { readonly folder: string }>(
  places: readonly P[],
  search: (place: P, onFull: (folder: string) => void) => Promise<void>,
  timeUp: AbortSignal,
): Promise<Unsearched> {
  const open = new Set(places)
  const full = new Set<string>()
  const all = Promise.all(
    places.map(async (place) => {
      await search(place, (folder) => void full.add(folder))
      open.delete(place)
    }),
  )
  await Promise.race([all, aborted(timeUp)])
  return { slow: [...new Set([...open].map(({ folder }) => folder))], full: [...full] }
}

/** The problem that says which folders were not looked through in `waitedMs`; null where all were. */
export function searchProblem(what: 'Elasticsearch' | 'Kibana', unsearched: Unsearched, waitedMs = patience): Problem | null {
  const { slow, full } = unsearched
  if (slow.length + full.length === 0) return null
  return problem('search_incomplete', { what, slow, full, seconds: waitedMs / 1000, most: mostFolders })
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}
