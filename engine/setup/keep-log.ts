import { constants as flags } from 'node:fs'
import { basename, join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { MiB } from '../../shared/sizes.ts'
import { mayBeRead, openForAccount } from '../installation/account-folder.ts'
import { logOfStart } from '../node/log-of-start.ts'
import { mkdir, open } from '../plan/disk.ts'
import { openToRead } from '../plan/entry.ts'
import { homeFolder } from '../system/home-folder.ts'

/** What explains a failure stands at the end; a log may be larger than the disk we keep it on. */
const keptBytes = 32 * MiB

/**
 * Keeps the log of a start that failed outside of the home, readable by the caller alone; gives the path, null where there is nothing to keep. A link in its place, or a
 * file that the account of the node may not read itself, is not kept: the log folder is that account's.
 */
export async function keepLog({ logs, runAs }: Pick<Installation, 'logs' | 'runAs'>): Promise<string | null> {
  const log = await logOfStart(logs)
  if (log === null) return null
  try {
    const folder = await openForAccount(logs, runAs, 'list')
    try {
      const content = await endOf(await openToRead(folder, basename(log)), runAs)
      return content === null ? null : await keep(basename(log), content)
    } finally {
      await folder.close()
    }
  } catch {
    return null
  }
}

async function endOf(log: Awaited<ReturnType<typeof open>>, runAs: Installation['runAs']): Promise<Buffer | null> {
  try {
    const stat = await log.stat()
    if (!mayBeRead(stat, runAs)) return null
    const size = Math.min(stat.size, keptBytes)
    const { buffer, bytesRead } = await log.read(Buffer.alloc(size), 0, size, stat.size - size)
    return buffer.subarray(0, bytesRead)
  } finally {
    await log.close()
  }
}

async function keep(name: string, content: Buffer): Promise<string> {
  const folder = join(stateFolder(), 'failed-starts')
  const kept = join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${name}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const handle = await open(kept, flags.O_WRONLY | flags.O_CREAT | flags.O_EXCL, 0o600)
  try {
    await handle.writeFile(content)
  } finally {
    await handle.close()
  }
  return kept
}

/** Where Firstnode keeps what is no cache and belongs to no home. */
export function stateFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.FIRSTNODE_STATE) return env.FIRSTNODE_STATE
  if (platform === 'darwin') return join(homeFolder(), 'Library', 'Logs', 'Firstnode')
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homeFolder(), 'AppData', 'Local'), 'Firstnode')
  return join(env.XDG_STATE_HOME ?? join(homeFolder(), '.local', 'state'), 'firstnode')
}
