import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { doomed, signalTo, waitUntilGone, type Doomed } from './end-processes.ts'
import { findNode } from './find-node.ts'
import { removeNodeRecord } from './node-record.ts'
import { nodeProcesses, type NodeProcess } from './server-processes.ts'
import { stopService, type RunService } from './service.ts'

const killSeconds = 20

/** How a node was stopped; `insisted`: it did not end when it was asked and was killed. */
export interface Stopped {
  readonly pid: number
  readonly insisted: boolean
  readonly ms: number
}

/**
 * Stops the node of this home: asks it (SIGTERM), waits `graceMs` (default 60 s), then insists (SIGKILL), and returns when the server and its
 * launcher are both gone, one that is still starting as well. An abort while it is waited for insists at once. A package's node is stopped by systemd.
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
  const deadline = began + graceMs
  let insisted = false
  // A launcher may start its server while it is being stopped: what runs is looked for until nothing does.
  for (let left = await running(installation, node.pid, platform); left.length > 0; left = await running(installation, node.pid, platform)) {
    if (Date.now() < deadline && !asked.signal?.aborted) {
      await askAll(left, asked)
      await waitUntilGone(left, deadline - Date.now(), asked.signal, platform)
      continue
    }
    insisted = true
    for (const one of left) await signalTo(one, 'SIGKILL', platform)
    const stuck = (await waitUntilGone(left, killSeconds * 1000, undefined, platform))[0]
    if (stuck !== undefined) throw problem('stop_failed', { pid: stuck.pid, seconds: killSeconds })
  }
  await removeNodeRecord(installation.config)
  return { pid: node.pid, insisted, ms: Date.now() - began }
}

interface Running extends Doomed {
  readonly role: NodeProcess['role']
  readonly parent: number
  readonly uid: number | null
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

/** Asks the servers; a launcher in the foreground ends with its server, so only one that has none yet is asked itself. */
async function askAll(processes: readonly Running[], { installation, platform = process.platform, service }: Parameters<typeof stopNode>[0]): Promise<void> {
  if (installation.layout === 'package') return stopService(service)
  const parents = processes.filter(({ role }) => role === 'server').map(({ parent }) => parent)
  for (const one of processes) if (one.role === 'server' || !parents.includes(one.pid)) await ask(one, platform)
}

async function ask(one: Running, platform: NodeJS.Platform): Promise<void> {
  try {
    await signalTo(one, 'SIGTERM', platform)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPERM') throw thrown
    const owner = one.uid === null ? 'another account' : `account ${one.uid}`
    throw problem('not_yours_to_stop', { pid: one.pid, owner, caller: `account ${process.getuid?.() ?? ''}` }, { cause: thrown })
  }
}
