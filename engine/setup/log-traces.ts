import { z } from 'zod'
import type { Account } from '../../shared/contract/installation.ts'
import { MiB } from '../../shared/sizes.ts'
import { findForAccount, mayBeRead, openForAccount, trustedOwner } from '../installation/account-folder.ts'
import { createFile } from '../plan/create-file.ts'
import { lstat, readdir } from '../plan/disk.ts'
import { openToRead } from '../plan/entry.ts'
import type { Folder } from '../plan/folder.ts'
import type { Owner } from '../plan/plan.ts'
import { removeEntry } from '../plan/remove-entry.ts'

/** Old logs are remembered up to this size (bytes, all together); beyond it they stay as the run leaves them. */
const rememberedLogBytes = 8 * MiB

export const logFile = z.object({
  name: z.string().regex(/^(?!\.\.?$)[^/\\\0]+$/),
  /** base64; null where the logs were too big to remember, or are not for the account that runs the node to read */
  content: z.string().nullable(),
  mode: z.number(),
  uid: z.number(),
  gid: z.number(),
  mtimeMs: z.number(),
  atimeMs: z.number(),
})
export type LogFile = z.infer<typeof logFile>

/** What the logs folder holds before a first start; null where there is none. `account`: who runs the node. */
export async function lookAtLogs(logs: string, account: Account | null): Promise<LogFile[] | null> {
  const folder = await findForAccount(logs, account, 'list')
  if (folder === null) return null
  try {
    const files: LogFile[] = []
    let bytes = 0
    for (const name of await readdir(folder.at('.'))) {
      const stat = await lstat(folder.at(name))
      if (stat.isFile()) bytes += stat.size
      const content = stat.isFile() && bytes <= rememberedLogBytes ? await contentOf(folder, name, account) : null
      const { mode, uid, gid, mtimeMs, atimeMs } = stat
      files.push({ name, content, mode: mode & 0o7777, uid, gid, mtimeMs, atimeMs })
    }
    return bytes <= rememberedLogBytes ? files : files.map((file) => ({ ...file, content: null }))
  } finally {
    await folder.close()
  }
}

/** Gives the logs folder back what `lookAtLogs` remembered: what was added since goes, what was changed or went is made anew. */
export async function restoreLogs(logs: string, remembered: readonly LogFile[], account: Account | null): Promise<void> {
  const before = new Map(remembered.map((file) => [file.name, file]))
  const folder = await openForAccount(logs, account, 'own')
  try {
    for (const name of await readdir(folder.at('.'))) {
      const known = before.get(name)
      const unchanged = known !== undefined && (known.content === null || (await isAsBefore(folder, known, account)))
      if (unchanged) before.delete(name)
      else await removeEntry(folder, name, trustedOwner(account))
    }
    for (const file of before.values()) if (file.content !== null) await putLog(folder, file, file.content, account)
  } finally {
    await folder.close()
  }
}

async function isAsBefore(folder: Folder, { name, content, mtimeMs }: LogFile, account: Account | null): Promise<boolean> {
  const stat = await lstat(folder.at(name))
  return stat.isFile() && stat.mtimeMs === mtimeMs && (await contentOf(folder, name, account)) === content
}

/** base64; null where it is no plain file any more, or not for the account to read: what root reads here is kept in a file of the account's. */
async function contentOf(folder: Folder, name: string, account: Account | null): Promise<string | null> {
  const handle = await openToRead(folder, name).catch(() => null)
  if (handle === null) return null
  try {
    return mayBeRead(await handle.stat(), account) ? (await handle.readFile()).toString('base64') : null
  } finally {
    await handle.close()
  }
}

async function putLog(folder: Folder, file: LogFile, content: string, account: Account | null): Promise<void> {
  const nanoseconds = (ms: number): string => String(BigInt(Math.round(ms * 1000)) * 1000n)
  const times = { atimeNs: nanoseconds(file.atimeMs), mtimeNs: nanoseconds(file.mtimeMs) }
  await createFile(folder, file.name, Buffer.from(content, 'base64'), { mode: file.mode & 0o777, owner: ownerOfLog(folder, file, account), times })
}

/** What is remembered lies with the account, which may have forged it: root makes files for nobody else. */
function ownerOfLog(folder: Folder, { uid, gid }: LogFile, account: Account | null): Owner | null {
  if (process.platform === 'win32') return null
  if (trustedOwner(account) === null || account === null) return { uid, gid }
  return { uid: account.uid, gid: [account.gid, folder.gid].includes(gid) ? gid : account.gid }
}
