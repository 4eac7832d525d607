import { readFile } from 'node:fs/promises'
import { askSystem, type Ask } from '../system/ask-system.ts'
import { askPowerShell } from '../system/powershell.ts'

/** How the identity is found out; exchanged in tests of other platforms. */
export interface Asking {
  readonly platform?: NodeJS.Platform
  readonly read?: (path: string) => Promise<string>
  readonly run?: Ask
  /** whether the system has a process of that number at all: spares Windows, where the rest takes half a second, the question */
  readonly exists?: (pid: number) => boolean
}

let ownOnWindows: Promise<string | null> | null = null

/**
 * What tells the process `pid` from every other that ever had or will have this number: the boot and the tick it started at (Linux, `/proc/PID/stat`
 * field 22), or the time it started (macOS `ps`, Windows CIM). Null where no such process runs; one that has ended and was not collected does not run.
 */
export async function processIdentity(pid: number, asking: Asking = {}): Promise<string | null> {
  const { platform = process.platform, read = readText, run = askSystem, exists = isThere } = asking
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  try {
    if (platform === 'linux') return await onLinux(pid, read)
    if (platform === 'win32') return exists(pid) ? await (pid === process.pid && run === askSystem ? ownIdentity(run) : onWindows(pid, run)) : null
    return await onMac(pid, run)
  } catch {
    return null
  }
}

/** Our own does not change, and is asked for with every lock. */
function ownIdentity(run: Ask): Promise<string | null> {
  ownOnWindows ??= onWindows(process.pid, run).catch(() => {
    ownOnWindows = null
    return null
  })
  return ownOnWindows
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
async function onMac(pid: number, run: Ask): Promise<string | null> {
  const line = (await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)])).trim()
  const [state = '', ...started] = line.split(/\s+/)
  return line === '' || state.startsWith('Z') ? null : started.join(' ')
}

async function onWindows(pid: number, run: Ask): Promise<string | null> {
  const started = (await askPowerShell(run, `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CreationDate.ToUniversalTime().ToString('o')`)).trim()
  return started === '' ? null : started
}

const readText = (path: string): Promise<string> => readFile(path, 'utf8')

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
