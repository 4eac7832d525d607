import type { Installation } from '../../shared/contract/installation.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import { isJoinLeft } from '../enroll/join-left.ts'
import { inspect } from '../installation/inspect.ts'
import { findNode } from '../node/find-node.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { readRecord } from '../plan/record.ts'
import { dataWasFormed } from './node-traces.ts'
import { takeBackJoin } from './take-back-join.ts'

/**
 * The home of a node that is to join, once what an earlier join left, whose process died before the node had run, is taken back: so it can be repeated at
 * once. Problems: `unfinished_setup` where something else began there, or the node has run; `busy`; those of `inspect`.
 */
export async function inspectForJoin(target: NodeTarget): Promise<Installation> {
  const installation = await inspect(target)
  if (installation.state !== 'unfinished') return installation
  const { config, home } = installation
  await withHomeLocked(config, async () => {
    const hasRun = (await findNode(installation)) !== null || (await dataWasFormed(installation))
    if (hasRun || !(await isJoinLeft(config, await readRecord(config)))) throw problem('unfinished_setup', { home })
    await takeBackJoin(installation, true)
  })
  return inspect(target)
}
