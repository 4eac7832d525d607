import { copyFile, mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { findNode } from '../node/find-node.ts'
import { newestLog } from '../node/log-follow.ts'
import { removeNodeRecord } from '../node/node-record.ts'
import { stopNode } from '../node/stop.ts'
import { previewRollBack, rollBack } from '../plan/roll-back.ts'
import { dataWasFormed, removeTraces } from './node-traces.ts'

/**
 * Takes a first node back whose credentials nobody has: stops it, deletes the data it formed, gives logs and files their
 * former state. The log of a start that failed is kept outside of the home. Gives a sentence that says so.
 * Problems: `stop_failed`, `not_yours_to_stop`, `changed_since`, `put_back_failed`.
 */
export async function putBack(installation: Installation, cancelled: boolean): Promise<string> {
  const { config, logs } = installation
  const keptLog = cancelled ? null : await keepLog(logs)
  const ran = (await findNode(installation)) !== null
  if (ran) await stopNode({ installation })
  const { kept } = await previewRollBack(config)
  if (kept.length > 0) throw problem('changed_since', { paths: kept.map(({ path }) => path) })
  const formed = await dataWasFormed(config)
  await removeNodeRecord(config)
  await removeTraces(config)
  await rollBack(config)
  const parts = [
    ...(ran ? ['the node was stopped'] : []),
    ...(formed ? ['the data it had formed is gone'] : []),
    'every file is as it was before',
  ]
  const sentence = `${listed(parts)}.`
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${keptLog === null ? '' : ` The log of the start is kept in ${keptLog}.`}`
}

async function keepLog(logs: string): Promise<string | null> {
  const log = await newestLog(logs)
  if (log === null) return null
  const folder = join(stateFolder(), 'failed-starts')
  const kept = join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${basename(log)}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return copyFile(log, kept).then(
    () => kept,
    () => null,
  )
}

/** Where Firstnode keeps what is no cache and belongs to no home. */
export function stateFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.FIRSTNODE_STATE) return env.FIRSTNODE_STATE
  if (platform === 'darwin') return join(homedir(), 'Library', 'Logs', 'Firstnode')
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Firstnode')
  return join(env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'firstnode')
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}
