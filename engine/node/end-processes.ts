import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { setTimeout as wait } from 'node:timers/promises'
import { processIdentity } from '../plan/process-identity.ts'

const run = promisify(execFile)

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
    left = await stillThere(left, platform)
    if (!woken) break
  }
  return left
}

/**
 * Asks (`SIGTERM`) or insists (`SIGKILL`). Windows knows no SIGTERM, and a Java without a window hears no other request
 * from outside: there `taskkill /F` ends it at once, which Elasticsearch survives as it does a power cut (its translog).
 */
export async function signalTo({ pid }: Doomed, signal: 'SIGTERM' | 'SIGKILL', platform: NodeJS.Platform = process.platform): Promise<void> {
  if (platform === 'win32') {
    await run('taskkill.exe', ['/PID', String(pid), '/T', '/F'], { windowsHide: true }).catch(() => undefined)
    return
  }
  try {
    process.kill(pid, signal)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown
  }
}
