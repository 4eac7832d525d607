import type { Installation } from '../../shared/contract/installation.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { otherHolder, withHomeLocked } from '../plan/lock.ts'
import { isLittered } from '../plan/sweep.ts'
import { unfinishedIn, unfinishedProblem } from '../plan/unfinished.ts'

/**
 * Ends what an interrupted Firstnode left where that takes no decision and no node: an unfinished remedy and a temporary user are put back, litter is removed. Gives a sentence for what was unfinished, none where nothing was.
 * Problems: that of other unfinished work, `busy`, those of `rollBack`.
 */
export async function endUnfinished({ home, config }: Pick<Installation, 'home' | 'config'>): Promise<string[]> {
  if ((await unfinishedIn(config)) === null && !((await otherHolder(config)) === null && (await isLittered(config)))) return []
  return withHomeLocked(config, async () => {
    const kind = await unfinishedIn(config)
    if (kind === null) return []
    if (kind === 'temporary-user' && (await putBackLeft(config, kind))) return ['Firstnode removed the temporary superuser from the file realm.']
    if (kind === 'remedy' && (await putBackLeft(config, kind))) return ['Firstnode restored the files as they were before.']
    throw unfinishedProblem(kind, home)
  })
}
