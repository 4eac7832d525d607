import { setTimeout as wait } from 'node:timers/promises'
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Ends a launcher and all that it started: they are one process group, the launcher's. Asks, insists after `graceMs`
 * (a launcher that is asked while its server is not ready yet leaves that one behind, so the whole group is asked).
 */
export async function endGroup(leader: number, graceMs = 10_000, platform: NodeJS.Platform = process.platform): Promise<void> {
  if (platform === 'win32') {
    await run('taskkill.exe', ['/PID', String(leader), '/T', '/F'], { windowsHide: true }).catch(() => undefined)
    return
  }
  send(leader, 'SIGTERM')
  const deadline = Date.now() + graceMs
  while (await groupLives(leader)) {
    if (Date.now() > deadline) send(leader, 'SIGKILL')
    await wait(50)
  }
}

function send(group: number, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    process.kill(-group, signal)
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw thrown
  }
}

/** A group of nothing but zombies (nobody collects them in some containers) is a dead one. */
async function groupLives(group: number): Promise<boolean> {
  if (!send(group, 0)) return false
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  if (pids.length === 0) return true
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')))
  return stats.some((text) => {
    const [state, , members] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return members === String(group) && state !== 'Z' && state !== 'X'
  })
}
