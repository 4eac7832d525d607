import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** How the identity is found out; exchanged in tests of other platforms. */
export interface Asking {
  readonly platform?: NodeJS.Platform
  readonly read?: (path: string) => Promise<string>
  readonly run?: (command: string, args: readonly string[]) => Promise<string>
}

/**
 * What tells the process `pid` from every other that ever had or will have this number: the boot and the tick it started at (Linux, `/proc/PID/stat`
 * field 22), or the time it started (macOS `ps`, Windows CIM). Null where no such process runs; one that has ended and was not collected does not run.
 */
export async function processIdentity(pid: number, { platform = process.platform, read = readText, run = runQuietly }: Asking = {}): Promise<string | null> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  try {
    if (platform === 'linux') return await onLinux(pid, read)
    if (platform === 'win32') return await onWindows(pid, run)
    return await onMac(pid, run)
  } catch {
    return null
  }
}

/** proc(5): the name in field 2 may hold spaces and parentheses, so fields are counted from the last one. */
async function onLinux(pid: number, read: (path: string) => Promise<string>): Promise<string | null> {
  const stat = await read(`/proc/${pid}/stat`)
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields[18]
  if (state === 'Z' || state === 'X' || ticks === undefined) return null
  const boot = await read('/proc/sys/kernel/random/boot_id').catch(() => '')
  return `${boot.trim()}/${ticks}`
}

/** ps(1): `lstart` is the whole time it started, in the locale that is asked for. */
async function onMac(pid: number, run: (command: string, args: readonly string[]) => Promise<string>): Promise<string | null> {
  const line = (await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)])).trim()
  const [state = '', ...started] = line.split(/\s+/)
  return line === '' || state.startsWith('Z') ? null : started.join(' ')
}

async function onWindows(pid: number, run: (command: string, args: readonly string[]) => Promise<string>): Promise<string | null> {
  const query = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CreationDate.ToUniversalTime().ToString('o')`
  const started = (await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query])).trim()
  return started === '' ? null : started
}

const readText = (path: string): Promise<string> => readFile(path, 'utf8')

function runQuietly(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, [...args], { env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, windowsHide: true, timeout: 10_000 }, (failed, output) => (failed ? reject(failed) : resolve(output)))
  })
}
