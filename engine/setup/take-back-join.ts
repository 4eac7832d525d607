import type { Installation } from '../../shared/contract/installation.ts'
import { findNode } from '../node/find-node.ts'
import { removeNodeRecord } from '../node/node-record.ts'
import { stopNode } from '../node/stop.ts'
import { undoFiles } from '../plan/undo.ts'
import { keepLog } from './keep-log.ts'
import { listed } from './listed.ts'
import { dataWasFormed, removeTraces } from './node-traces.ts'

/**
 * Takes back a node that did not get into its cluster: stops it, deletes what it wrote into its empty data folder, gives logs and files their former
 * state. The log of a start that failed is kept outside of the home. Gives a sentence that says so. Problems: `stop_failed`, `not_yours_to_stop`.
 */
export async function takeBackJoin(installation: Installation, cancelled: boolean): Promise<string> {
  const { config } = installation
  const keptLog = cancelled ? null : await keepLog(installation)
  const ran = (await findNode(installation)) !== null
  if (ran) await stopNode({ installation })
  const formed = await dataWasFormed(installation)
  await removeNodeRecord(config)
  await removeTraces(installation)
  const { kept, beside } = await undoFiles(config)
  const parts = [...(ran ? ['the node was stopped'] : []), ...(formed ? ['the data it had formed is gone'] : []), ...(kept.length > 0 || beside.length > 0 ? ['what you edited meanwhile stays'] : ['every file is as it was before'])]
  const sentence = `${listed(parts)}.`
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${keptLog === null ? '' : ` The log of the start is kept in ${keptLog}.`}`
}
