import { execFile } from 'node:child_process'
import { readFile, statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Installation } from '../../shared/contract/installation.ts'

const run = promisify(execFile)

/** Free and total bytes of the file system that will hold this path: of the nearest folder above that is there. Null where none can be asked. */
export async function diskOf(path: string): Promise<Installation['disk']> {
  const found = await statfs(path).catch(() => null)
  if (found !== null) return { path, freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize }
  const above = dirname(path)
  return above === path ? null : diskOf(above)
}

/** Memory in bytes that a new process can have: what the system could free, within the limit of the control group (containers). */
export async function memoryOf(platform: NodeJS.Platform = process.platform, root = '/'): Promise<Installation['memory']> {
  if (platform === 'darwin') return { freeBytes: (await availableOnMac()) ?? freemem(), totalBytes: totalmem() }
  if (platform !== 'linux') return { freeBytes: freemem(), totalBytes: totalmem() }
  const meminfo = await readFile(join(root, 'proc', 'meminfo'), 'utf8').catch(() => '')
  const free = kilobytes(meminfo, 'MemAvailable') ?? freemem()
  const total = kilobytes(meminfo, 'MemTotal') ?? totalmem()
  const limits = await controlGroupLimits(root)
  return {
    freeBytes: Math.max(0, Math.min(free, ...limits.map(({ limit, used }) => limit - used))),
    totalBytes: Math.min(total, ...limits.map(({ limit }) => limit)),
  }
}

/** `vm.max_map_count`; null where the system has no such thing (all but Linux). */
export async function maxMapCountOf(platform: NodeJS.Platform = process.platform, root = '/'): Promise<number | null> {
  if (platform !== 'linux') return null
  const text = await readFile(join(root, 'proc', 'sys', 'vm', 'max_map_count'), 'utf8').catch(() => '')
  return /^\d+/.test(text) ? Number.parseInt(text, 10) : null
}

interface Limit {
  readonly limit: number
  readonly used: number
}

/** The memory limits of this process's control group and of every one above it, v2 and v1. */
async function controlGroupLimits(root: string): Promise<Limit[]> {
  const groups = await readFile(join(root, 'proc', 'self', 'cgroup'), 'utf8').catch(() => '')
  const v2 = /^0::(\/.*)$/m.exec(groups)?.[1]
  const v1 = /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(\/.*)$/m.exec(groups)?.[1]
  const mount = join(root, 'sys', 'fs', 'cgroup')
  const asked = [
    ...groupsUpTo(v2).map((group) => limitIn(join(mount, group), 'memory.max', 'memory.current', 'inactive_file')),
    ...groupsUpTo(v1).map((group) => limitIn(join(mount, 'memory', group), 'memory.limit_in_bytes', 'memory.usage_in_bytes', 'total_inactive_file')),
  ]
  return (await Promise.all(asked)).filter((limit) => limit !== null)
}

async function limitIn(folder: string, limitFile: string, usedFile: string, cacheName: string): Promise<Limit | null> {
  const [limit, used, stat] = await Promise.all([limitFile, usedFile, 'memory.stat'].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')))
  const bytes = Number.parseInt(limit ?? '', 10)
  // v2 says `max` and v1 a number near 2^63 where there is no limit.
  if (!Number.isFinite(bytes) || bytes > 2 ** 60) return null
  // Cached file pages count as used but go when memory is wanted.
  const cache = Number(new RegExp(`^${cacheName} (\\d+)`, 'm').exec(stat ?? '')?.[1] ?? 0)
  return { limit: bytes, used: Math.max(0, (Number.parseInt(used ?? '', 10) || 0) - cache) }
}

function groupsUpTo(group: string | undefined): string[] {
  if (group === undefined) return []
  return group === '/' ? ['/'] : [group, ...groupsUpTo(dirname(group))]
}

function kilobytes(meminfo: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(meminfo)?.[1]
  return found === undefined ? null : Number(found) * 1024
}

/** macOS counts what it could free at once as used; `vm_stat` tells those pages apart. */
async function availableOnMac(): Promise<number | null> {
  const said = await run('vm_stat', { timeout: 3000 }).catch(() => null)
  if (said === null) return null
  const page = Number(/page size of (\d+) bytes/.exec(said.stdout)?.[1] ?? 4096)
  const pages = ['free', 'inactive', 'speculative', 'purgeable'].map((kind) => Number(new RegExp(`^Pages ${kind}:\\s+(\\d+)`, 'm').exec(said.stdout)?.[1] ?? 0))
  return pages.reduce((sum, count) => sum + count, 0) * page
}
