import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const megabyte = 1e6

/** Resident memory of a process in MB. */
export async function resident(pid: number): Promise<number> {
  if (process.platform === 'win32') {
    const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', `(Get-Process -Id ${pid}).WorkingSet64`])
    return Number(stdout) / megabyte
  }
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)])
  return (Number(stdout) * 1024) / megabyte
}
