import type { Installation } from '../../shared/contract/installation.ts'
import type { Secret } from '../../shared/secret.ts'
import { removeNodeRecord } from '../node/node-record.ts'
import { undoFiles } from '../plan/undo.ts'
import { endMembership } from './end-membership.ts'
import { keepLog } from './keep-log.ts'
import { listed } from './listed.ts'
import { dataWasFormed, removeTraces } from './node-traces.ts'

/**
 * Takes back a node whose join did not come to its end: stops it, deletes what it wrote into its empty data folder, gives logs and files their former
 * state. The log of a start that failed is kept outside of the home. Gives a sentence that says so. Problems: `undo_last_copies` where the cluster had taken it in and has put
 * data on it alone since, `leave_no_majority`: then it runs on; `stop_failed`, `not_yours_to_stop`.
 */
export async function takeBackJoin(installation: Installation, cancelled: boolean, keystorePassword: Secret | null): Promise<string> {
  const { config } = installation
  const keptLog = cancelled ? null : await keepLog(installation)
  const { stopped, left } = await endMembership(installation, keystorePassword)
  const formed = await dataWasFormed(installation)
  await removeNodeRecord(config)
  await removeTraces(installation)
  const { kept, beside } = await undoFiles(config)
  const parts = [...(stopped ? ['the node was stopped'] : []), ...(formed ? ['the data it had formed is gone'] : []), ...(kept.length > 0 || beside.length > 0 ? ['what you edited meanwhile stays'] : ['every file is as it was before'])]
  const sentence = `${listed(parts)}.`
  const log = keptLog === null ? '' : ` The log of the start is kept in ${keptLog}.`
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${log}${left === null ? '' : ` ${left.message} ${left.remedy}`}`
}
