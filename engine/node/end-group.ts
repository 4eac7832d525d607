import { setTimeout as wait } from 'node:timers/promises'
import { readdir, readFile } from 'node:fs/promises'
import { doomed, signalTo, waitUntilGone } from './end-processes.ts'
import { listProcesses } from './process-table.ts'

/**
 * Ends a launcher and all that it started: they are one process group, the launcher's. Asks, insists after `graceMs`
 * (a launcher that is asked while its server is not ready yet leaves that one behind, so the whole group is asked).
 */
export async function endGroup(leader: number, graceMs = 10_000, platform: NodeJS.Platform = process.platform): Promise<void> {
  if (platform === 'win32') return endWithChildren(leader, graceMs)
  send(leader, 'SIGTERM', platform)
  const deadline = Date.now() + graceMs
  while (await groupLives(leader, platform)) {
    if (Date.now() > deadline) send(leader, 'SIGKILL', platform)
    await wait(50)
  }
}

/** Windows has no groups, but it knows of each process who started it. A server whose launcher is gone shuts down by itself; it is insisted on after `graceMs`. */
async function endWithChildren(leader: number, graceMs: number): Promise<void> {
  const processes = await listProcesses('win32').catch(() => [])
  const children = await doomed(processes.filter(({ parent }) => parent === leader).map(({ pid }) => pid))
  const [launcher] = await doomed([leader])
  if (launcher !== undefined) signalTo(launcher, 'SIGKILL')
  const left = await waitUntilGone(children, graceMs)
  for (const one of left) signalTo(one, 'SIGKILL')
  await waitUntilGone(left, graceMs)
}

function send(group: number, signal: 'SIGTERM' | 'SIGKILL' | 0, platform: NodeJS.Platform): boolean {
  try {
    process.kill(-group, signal)
    return true
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    // macOS: a group of nothing but zombies may not be signalled.
    if (code === 'ESRCH' || (code === 'EPERM' && platform === 'darwin')) return false
    throw thrown
  }
}

/** A group of nothing but zombies (nobody collects them in some containers) is a dead one. */
async function groupLives(group: number, platform: NodeJS.Platform): Promise<boolean> {
  if (!send(group, 0, platform)) return false
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  if (pids.length === 0) return true
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')))
  return stats.some((text) => {
    const [state, , members] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return members === String(group) && state !== 'Z' && state !== 'X'
  })
}
