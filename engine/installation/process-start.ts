import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** When this process started, in a form that is the same for the same process and no other; null where there is none. */
export async function startOfProcess(pid: number, platform: NodeJS.Platform = process.platform): Promise<string | null> {
  if (platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
    // The name in the second field may hold spaces and brackets: count from its end. Field 22 is the start in ticks since the boot.
    return stat === null ? null : (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null)
  }
  const [command, args]: [string, string[]] =
    platform === 'win32'
      ? ['powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]]
      : ['ps', ['-o', 'lstart=', '-p', String(pid)]]
  const said = await run(command, args, { timeout: 10_000, windowsHide: true }).catch(() => null)
  const text = said?.stdout.trim() ?? ''
  return text === '' ? null : text
}
