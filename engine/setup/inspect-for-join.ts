import type { Installation } from '../../shared/contract/installation.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { inspect } from '../installation/inspect.ts'
import { findNode } from '../node/find-node.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { unfinishedIn, unfinishedProblem } from '../plan/unfinished.ts'
import { dataWasFormed } from './node-traces.ts'
import { takeBackJoin } from './take-back-join.ts'

/**
 * The home of a node that is to join, once what an earlier join left, whose process died before the node had run, is taken back: so it can be repeated at
 * once. Problems: that of the unfinished work where something else began there, or the node has run; `busy`; those of `inspect`.
 */
export async function inspectForJoin(target: NodeTarget): Promise<Installation> {
  const installation = await inspect(target)
  if (installation.state !== 'unfinished') return installation
  const { config, home } = installation
  await withHomeLocked(config, async () => {
    const hasRun = (await findNode(installation)) !== null || (await dataWasFormed(installation))
    const left = await unfinishedIn(config)
    if (left !== null && (hasRun || left !== 'join')) throw unfinishedProblem(left, home)
    await takeBackJoin(installation, true, null)
  })
  return inspect(target)
}
