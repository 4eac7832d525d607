import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { findNode } from '../node/find-node.ts'
import { removeNodeRecord } from '../node/node-record.ts'
import { stopNode } from '../node/stop.ts'
import { previewRollBack, rollBack } from '../plan/roll-back.ts'
import { keepLog } from './keep-log.ts'
import { listed } from './listed.ts'
import { dataWasFormed, removeTraces } from './node-traces.ts'

/**
 * Takes a first node back whose credentials nobody has: stops it, deletes the data it formed, gives logs and files their
 * former state. The log of a start that failed is kept outside of the home. Gives a sentence that says so.
 * Problems: `stop_failed`, `not_yours_to_stop`, `changed_since`, `put_back_failed`.
 */
export async function putBack(installation: Installation, cancelled: boolean): Promise<string> {
  const { config } = installation
  const keptLog = cancelled ? null : await keepLog(installation)
  const ran = (await findNode(installation)) !== null
  if (ran) await stopNode({ installation })
  const { kept } = await previewRollBack(config)
  if (kept.length > 0) throw problem('changed_since', { paths: kept.map(({ path }) => path) })
  const formed = await dataWasFormed(installation)
  await removeNodeRecord(config)
  await removeTraces(installation)
  await rollBack(config)
  const parts = [
    ...(ran ? ['the node was stopped'] : []),
    ...(formed ? ['the data it had formed is gone'] : []),
    'every file is as it was before',
  ]
  const sentence = `${listed(parts)}.`
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${keptLog === null ? '' : ` The log of the start is kept in ${keptLog}.`}`
}
