import type { Installation } from '../../shared/contract/installation.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { unfinishedIn, unfinishedProblem } from '../plan/unfinished.ts'

/**
 * Ends what an interrupted Firstnode left where that takes no decision and no node: an unfinished remedy and a temporary user are put back. Gives a sentence that says so, none where nothing is unfinished.
 * Problems: that of other unfinished work, `busy`, those of `rollBack`.
 */
export async function endUnfinished({ home, config }: Pick<Installation, 'home' | 'config'>): Promise<string[]> {
  return withHomeLocked(config, async () => {
    const kind = await unfinishedIn(config)
    if (kind === null) return []
    if (kind === 'temporary-user' && (await putBackLeft(config, kind))) return ['Firstnode removed the temporary superuser from the file realm.']
    if (kind === 'remedy' && (await putBackLeft(config, kind))) return ['Firstnode restored the files as they were before.']
    throw unfinishedProblem(kind, home)
  })
}
