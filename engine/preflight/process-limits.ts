import { z } from 'zod'
import { askSystem, type Ask } from '../system/ask-system.ts'

/** What the system allows a process; Infinity where there is no limit, null where the system knows no such limit or does not tell. */
export interface ProcessLimits {
  /** the hard limit: the JVM raises its own to that */
  readonly openFiles: number | null
  /** processes and threads of the account */
  readonly threads: number | null
  /** bytes */
  readonly virtualMemory: number | null
  /** blocks */
  readonly fileSize: number | null
  /** bytes */
  readonly lockedMemory: number | null
}

const limit = z.union([z.number(), z.literal('unlimited')]).transform((one) => (one === 'unlimited' ? Infinity : one))
const both = z.object({ soft: limit, hard: limit })
const reported = z.object({
  userLimits: z.object({
    open_files: both.optional(),
    max_user_processes: both.optional(),
    // Node 24 has bytes, older ones KiB.
    virtual_memory_bytes: both.optional(),
    virtual_memory_kbytes: both.optional(),
    file_size_blocks: both.optional(),
    max_locked_memory_bytes: both.optional(),
  }),
})

/**
 * The limits of this process, which what it starts inherits, also as another account: read by getrlimit, which the JVM asks as well, so that a preloaded library answers
 * both (`/proc/self/limits` goes another way).
 */
export function limitsHere(platform: NodeJS.Platform = process.platform): ProcessLimits {
  if (platform === 'win32') return { openFiles: null, threads: null, virtualMemory: null, fileSize: null, lockedMemory: null }
  // Else the report asks the name service for the name of every connection.
  Object.assign(process.report, { excludeNetwork: true })
  const { userLimits } = reported.safeParse(process.report.getReport()).data ?? { userLimits: {} }
  return {
    openFiles: userLimits.open_files?.hard ?? null,
    threads: userLimits.max_user_processes?.soft ?? null,
    virtualMemory: userLimits.virtual_memory_bytes?.soft ?? (userLimits.virtual_memory_kbytes === undefined ? null : userLimits.virtual_memory_kbytes.soft * 1024),
    fileSize: userLimits.file_size_blocks?.soft ?? null,
    lockedMemory: userLimits.max_locked_memory_bytes?.soft ?? null,
  }
}

const unitProperties = ['LimitNOFILE', 'LimitNPROCSoft', 'LimitASSoft', 'LimitFSIZESoft', 'LimitMEMLOCKSoft'] as const

/** The limits that systemd gives to the node of a package. */
export async function limitsOfService(ask: Ask = askSystem): Promise<ProcessLimits> {
  const said = await ask('systemctl', ['show', 'elasticsearch.service', `--property=${unitProperties.join(',')}`]).catch(() => '')
  const of = (name: (typeof unitProperties)[number]): number | null => {
    const value = new RegExp(`^${name}=(\\S+)$`, 'm').exec(said)?.[1]
    return value === undefined ? null : value === 'infinity' ? Infinity : Number(value)
  }
  return {
    openFiles: of('LimitNOFILE'),
    threads: of('LimitNPROCSoft'),
    virtualMemory: of('LimitASSoft'),
    fileSize: of('LimitFSIZESoft'),
    lockedMemory: of('LimitMEMLOCKSoft'),
  }
}
