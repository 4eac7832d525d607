import { readFile } from 'node:fs/promises'
import { listProcesses } from './process-table.ts'

/** What tells a process from a later one of the same number: when it started, and on Linux in which run of the system. Null where it is gone. */
export async function identityOf(pid: number, platform: NodeJS.Platform = process.platform): Promise<string | null> {
  if (platform === 'linux') {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
    const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? []
    if (fields.length < 20 || fields[0] === 'Z' || fields[0] === 'X') return null
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
    return `${boot.trim()}:${fields[19]}`
  }
  const entry = (await listProcesses(platform)).find((one) => one.pid === pid)
  return entry === undefined ? null : String(entry.startedAt)
}
