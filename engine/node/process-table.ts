import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { askSystem, type Ask } from '../system/ask-system.ts'
import { askPowerShell, rowsOf } from '../system/powershell.ts'
import { windowsWords } from './windows-words.ts'

/** A process as the system lists it. `words` is the command line, divided where the system divides it; else `line` alone is known. */
export interface ProcessEntry {
  readonly pid: number
  readonly parent: number
  /** the account's number; null where the system has none or does not say */
  readonly uid: number | null
  /** ms since 1970 */
  readonly startedAt: number | null
  readonly words: readonly string[] | null
  readonly line: string
}

/** All processes that are alive; one that has ended and only waits to be collected (a zombie) is not. */
export async function listProcesses(platform: NodeJS.Platform = process.platform, ask: Ask = askSystem): Promise<ProcessEntry[]> {
  if (platform === 'linux') return linuxProcesses()
  if (platform === 'win32') return windowsProcesses(await (ask === askSystem ? askTogether() : askWindows(ask)))
  return unixProcesses(await ask('ps', ['-axww', '-o', 'pid=,ppid=,uid=,stat=,lstart=,command=']))
}

/** The environment variable `name` of another process; undefined where it cannot be seen, null where it is not set. */
export async function environmentOf(pid: number, name: string, platform: NodeJS.Platform = process.platform): Promise<string | null | undefined> {
  if (platform !== 'linux') return undefined
  const text = await readFile(join('/proc', String(pid), 'environ'), 'utf8').catch(() => undefined)
  if (text === undefined || text === '') return undefined
  const found = text.split('\0').find((one) => one.startsWith(`${name}=`))
  return found === undefined ? null : found.slice(name.length + 1)
}

/** Whether a process of this number is alive; a zombie is not. */
export async function isAlive(pid: number, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  if (platform !== 'linux') return true
  const fields = await linuxStat(pid)
  return fields !== null && !['Z', 'X'].includes(fields[0] ?? '')
}

/** The number of the account that a process runs as; null where it is gone, or the system does not say. */
export async function accountOfProcess(pid: number, platform: NodeJS.Platform = process.platform): Promise<number | null> {
  if (platform === 'win32') return null
  if (platform === 'linux') return stat(join('/proc', String(pid))).then(({ uid }) => uid, () => null)
  const text = await askSystem('ps', ['-o', 'uid=', '-p', String(pid)]).catch(() => '')
  return text.trim() === '' ? null : Number(text)
}

async function linuxProcesses(): Promise<ProcessEntry[]> {
  const booted = await bootTime()
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const entries = await Promise.all(pids.map((pid) => linuxProcess(pid, booted)))
  return entries.filter((entry) => entry !== null)
}

async function linuxProcess(pid: number, booted: number | null): Promise<ProcessEntry | null> {
  const folder = join('/proc', String(pid))
  const [fields, command, owner] = await Promise.all([
    linuxStat(pid),
    readFile(join(folder, 'cmdline'), 'utf8').catch(() => ''),
    stat(folder).catch(() => null),
  ])
  if (fields === null || command === '' || ['Z', 'X'].includes(fields[0] ?? '')) return null
  const words = command.split('\0').slice(0, -1)
  // proc(5): field 22 is the start in clock ticks after the boot; a tick is 10 ms for every program on Linux (USER_HZ).
  const startedAt = booted === null ? null : booted + Number(fields[19]) * 10
  return { pid, parent: Number(fields[1]), uid: owner?.uid ?? null, startedAt, words, line: words.join(' ') }
}

/** proc(5) `/proc/PID/stat` from field 3 (state) on: the name before it may hold blanks and brackets. */
async function linuxStat(pid: number): Promise<string[] | null> {
  const text = await readFile(join('/proc', String(pid), 'stat'), 'utf8').catch(() => null)
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ')
}

async function bootTime(): Promise<number | null> {
  const seconds = /^btime (\d+)$/m.exec(await readFile('/proc/stat', 'utf8').catch(() => ''))?.[1]
  return seconds === undefined ? null : Number(seconds) * 1000
}

function unixProcesses(text: string): ProcessEntry[] {
  return text.split('\n').flatMap((row) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d{4})\s+(.*)$/.exec(row)
    if (match === null || match[4]?.startsWith('Z')) return []
    const startedAt = Date.parse(`${match[5] ?? ''} UTC`)
    const line = match[6] ?? ''
    return [{ pid: Number(match[1]), parent: Number(match[2]), uid: Number(match[3]), startedAt: Number.isNaN(startedAt) ? null : startedAt, words: null, line }]
  })
}

const windowsQuestion =
  "Get-CimInstance Win32_Process -Filter 'Name=''java.exe''' | Select-Object @{n='pid';e={$_.ProcessId}}, @{n='parent';e={$_.ParentProcessId}}, " +
  "@{n='line';e={$_.CommandLine}}, @{n='started';e={$_.CreationDate.ToUniversalTime().ToString('o')}} | ConvertTo-Json -Compress"

/** Nothing where PowerShell is forbidden: there a running node is not seen, and Elasticsearch's own lock alone keeps a second one off. */
function askWindows(ask: Ask): Promise<string> {
  return askPowerShell(ask, windowsQuestion).catch(() => '')
}

let underWay: Promise<string> | null = null

/** Whoever asks while an answer is on its way shares it: PowerShell takes half a second, and all homes of a list are looked at at once. */
function askTogether(): Promise<string> {
  underWay ??= askWindows(askSystem).finally(() => {
    underWay = null
  })
  return underWay
}

/** `line` is null where the process belongs to somebody whose processes the caller may not look at. */
const windowsRow = z.object({ pid: z.number(), parent: z.number(), line: z.string().nullable(), started: z.string().nullable() })

function windowsProcesses(text: string): ProcessEntry[] {
  return rowsOf(text).flatMap((row) => {
    const read = windowsRow.safeParse(row)
    if (!read.success) return []
    const { pid, parent, line, started } = read.data
    const startedAt = Date.parse(started ?? '')
    return [{ pid, parent, uid: null, startedAt: Number.isNaN(startedAt) ? null : startedAt, words: line === null ? null : windowsWords(line), line: line ?? '' }]
  })
}
