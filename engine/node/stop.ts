import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { askToStop, wayToAsk, type Running, type WayToAsk } from './ask-to-stop.ts'
import { doomed, signalTo, waitUntilGone } from './end-processes.ts'
import { findNode } from './find-node.ts'
import { refuseWindowsService } from '../installation/windows-service.ts'
import { removeNodeRecord } from './node-record.ts'
import { nodeProcesses } from './server-processes.ts'
import { stopService, type RunService } from './service.ts'

const killSeconds = 20

/** How a node was stopped; `insisted`: it was killed, because it did not end when it was asked, or (`unasked`) because nobody could ask it. */
export interface Stopped {
  readonly pid: number
  readonly insisted: boolean
  readonly unasked: boolean
  readonly ms: number
}

/**
 * Stops the node of this home: asks it (see `WayToAsk`), waits `graceMs` (default 60 s), then insists, and returns when the server and its
 * launcher are both gone, one that is still starting as well. An abort while it is waited for insists at once, and so does a node on Windows that nobody can ask
 * because it was started without a launcher (`elasticsearch.bat -d`): Elasticsearch survives that as it does a power cut. A package's node is stopped by
 * systemd. Problems: `not_running`, `not_yours_to_stop`, `stop_failed`, `service_failed`, `windows_service_runs`.
 */
export async function stopNode(asked: {
  installation: Installation
  signal?: AbortSignal
  graceMs?: number
  platform?: NodeJS.Platform
  way?: WayToAsk
  service?: RunService
}): Promise<Stopped> {
  const { installation, graceMs = 60_000, platform = process.platform } = asked
  const began = Date.now()
  const node = await findNode(installation, platform)
  await refuseWindowsService(installation.home, platform)
  if (node === null) {
    await removeNodeRecord(installation.config).catch(() => undefined)
    throw problem('not_running', { home: installation.home })
  }
  const deadline = began + graceMs
  let insisted = false
  let unasked = false
  // A launcher may start its server while it is being stopped: what runs is looked for until nothing does.
  for (let left = await running(installation, node.pid, platform); left.length > 0; left = await running(installation, node.pid, platform)) {
    if (Date.now() < deadline && !asked.signal?.aborted) {
      if (await askAll(left, asked)) {
        await waitUntilGone(left, deadline - Date.now(), asked.signal, platform)
        continue
      }
      unasked = true
    }
    insisted = true
    for (const one of left) send(one, 'SIGKILL')
    const stuck = (await waitUntilGone(left, killSeconds * 1000, undefined, platform))[0]
    if (stuck !== undefined) throw problem('stop_failed', { pid: stuck.pid, seconds: killSeconds })
  }
  await removeNodeRecord(installation.config)
  return { pid: node.pid, insisted, unasked, ms: Date.now() - began }
}

/** Every process of the node, and the one its record names. */
async function running(installation: Installation, recorded: number, platform: NodeJS.Platform): Promise<Running[]> {
  const processes = await nodeProcesses(installation, platform)
  const alive = await doomed([...new Set([...processes.map(({ pid }) => pid), ...((await findNode(installation, platform))?.pid === recorded ? [recorded] : [])])], platform)
  return alive.map((one) => {
    const { role = 'server', parent = 0, uid = null } = processes.find(({ pid }) => pid === one.pid) ?? {}
    return { ...one, role, parent, uid }
  })
}

/** False where nobody can be asked. */
async function askAll(processes: readonly Running[], asked: Parameters<typeof stopNode>[0]): Promise<boolean> {
  const { installation, platform = process.platform, way = wayToAsk(platform), service } = asked
  if (installation.layout !== 'package') return askToStop(processes, way, send)
  await stopService(service)
  return true
}

function send(one: Running, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    signalTo(one, signal)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPERM') throw thrown
    const owner = one.uid === null ? 'another account' : `account ${one.uid}`
    throw problem('not_yours_to_stop', { pid: one.pid, owner, caller: `account ${process.getuid?.() ?? ''}`.trim() }, { cause: thrown })
  }
}
