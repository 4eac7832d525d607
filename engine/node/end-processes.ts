import { setTimeout as wait } from 'node:timers/promises'
import { processIdentity } from '../plan/process-identity.ts'
import { isAlive } from './process-table.ts'

/** A process as it was when it was chosen to be ended: a number that belongs to another one meanwhile counts as gone. */
export interface Doomed {
  readonly pid: number
  readonly identity: string
}

export async function doomed(pids: readonly number[], platform: NodeJS.Platform = process.platform): Promise<Doomed[]> {
  const found = await Promise.all(pids.map(async (pid) => ({ pid, identity: await processIdentity(pid, { platform }) })))
  return found.filter((one): one is Doomed => one.identity !== null)
}

/** Those that are still there. */
export async function stillThere(processes: readonly Doomed[], platform: NodeJS.Platform = process.platform): Promise<Doomed[]> {
  const there = await Promise.all(processes.map(async (one) => ((await processIdentity(one.pid, { platform })) === one.identity ? one : null)))
  return there.filter((one) => one !== null)
}

/** Waits until all are gone, at most `ms`; gives those that are not. An abort of `signal` ends the waiting early. */
export async function waitUntilGone(processes: readonly Doomed[], ms: number, signal?: AbortSignal, platform: NodeJS.Platform = process.platform): Promise<Doomed[]> {
  const deadline = Date.now() + ms
  let left = await stillThere(processes, platform)
  while (left.length > 0 && Date.now() < deadline) {
    const woken = await wait(100, true, signal === undefined ? {} : { signal }).catch(() => false)
    left = await quickLook(left, platform)
    if (!woken) break
  }
  return left.length === 0 ? left : stillThere(left, platform)
}

/** Which of them it is takes Windows half a second to say; while nothing else is to be done than wait, their numbers will do. */
async function quickLook(processes: readonly Doomed[], platform: NodeJS.Platform): Promise<Doomed[]> {
  if (platform !== 'win32') return stillThere(processes, platform)
  const alive = await Promise.all(processes.map(async (one) => ((await isAlive(one.pid, platform)) ? one : null)))
  return alive.filter((one) => one !== null)
}

/** Asks (`SIGTERM`) or insists (`SIGKILL`). Windows knows no signals: there both end the process at once, and only that one. */
export function signalTo({ pid }: Doomed, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown
  }
}
