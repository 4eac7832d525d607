import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { doomed, signalTo, waitUntilGone, type Doomed } from './end-processes.ts'
import { findNode } from './find-node.ts'
import { removeNodeRecord } from './node-record.ts'
import { serverProcesses } from './server-processes.ts'
import { stopService, type RunService } from './service.ts'

const killSeconds = 20

/** How a node was stopped; `insisted`: it did not end when it was asked and was killed. */
export interface Stopped {
  readonly pid: number
  readonly insisted: boolean
  readonly ms: number
}

/**
 * Stops the node of this home: asks it (SIGTERM), waits `graceMs` (default 60 s), then insists (SIGKILL), and returns when the server and the
 * launcher that waits for it are both gone. An abort while it is waited for insists at once. A package's node is stopped by systemd.
 * Problems: `not_running`, `not_yours_to_stop`, `stop_failed`, `service_failed`.
 */
export async function stopNode(asked: {
  installation: Installation
  signal?: AbortSignal
  graceMs?: number
  platform?: NodeJS.Platform
  service?: RunService
}): Promise<Stopped> {
  const { installation, graceMs = 60_000, platform = process.platform } = asked
  const began = Date.now()
  const node = await findNode(installation, platform)
  if (node === null) {
    await removeNodeRecord(installation.config).catch(() => undefined)
    throw problem('not_running', { home: installation.home })
  }
  const servers = await serverProcesses(installation, platform)
  const launchers = servers.flatMap(({ launcher }) => (launcher === null ? [] : [launcher]))
  const all = await doomed([...new Set([node.pid, ...servers.map(({ pid }) => pid), ...launchers])], platform)
  const server = all.filter(({ pid }) => !launchers.includes(pid))
  if (installation.layout === 'package') {
    await stopService(asked.service)
  } else {
    for (const one of server) await ask(one, servers.find(({ pid }) => pid === one.pid)?.uid ?? null, platform)
  }
  let left = await waitUntilGone(all, graceMs, asked.signal, platform)
  const insisted = left.length > 0
  for (const one of left) await signalTo(one, 'SIGKILL', platform)
  left = await waitUntilGone(left, killSeconds * 1000, undefined, platform)
  const stuck = left[0]
  if (stuck !== undefined) throw problem('stop_failed', { pid: stuck.pid, seconds: killSeconds })
  await removeNodeRecord(installation.config)
  return { pid: node.pid, insisted, ms: Date.now() - began }
}

async function ask(one: Doomed, uid: number | null, platform: NodeJS.Platform): Promise<void> {
  try {
    await signalTo(one, 'SIGTERM', platform)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPERM') throw thrown
    const owner = uid === null ? 'another account' : `account ${uid}`
    throw problem('not_yours_to_stop', { pid: one.pid, owner, caller: `account ${process.getuid?.() ?? ''}` }, { cause: thrown })
  }
}
