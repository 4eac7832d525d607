import { createHash } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { constants as flags } from 'node:fs'
import { join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { codeOf } from './disk-problem.ts'
import { lstat, open, readlink, type DiskHandle } from './disk.ts'
import type { Folder } from './folder.ts'

/** What a file or link carries beside its content. Times are nanoseconds since 1970 as digits, `id` is device and inode. */
export interface Traits {
  readonly id: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly atimeNs: string
  readonly mtimeNs: string
}

/** What stands at a name in a directory. `sha256` is that of the content, of a link that of its target text. */
export type Entry =
  | { readonly kind: 'absent' }
  | { readonly kind: 'directory' }
  | { readonly kind: 'other' }
  | ({ readonly kind: 'file'; readonly sha256: string; readonly size: number } & Traits)
  | ({ readonly kind: 'link'; readonly sha256: string; readonly target: string } & Traits)

export const absent: Entry = { kind: 'absent' }

/** Reads what stands at `name`, without following a link and without waiting for a pipe. */
export async function readEntry(folder: Folder, name: string): Promise<Entry> {
  const stat = await lstat(folder.at(name), { bigint: true }).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return null
    throw thrown
  })
  if (stat === null) return absent
  if (stat.isDirectory()) return { kind: 'directory' }
  if (stat.isSymbolicLink()) {
    const target = await readlink(folder.at(name))
    return { kind: 'link', target, sha256: sha256(Buffer.from(target)), ...traitsOf(stat) }
  }
  if (!stat.isFile()) return { kind: 'other' }
  const handle = await openToRead(folder, name).catch((thrown: unknown) => {
    // Root was killed before it gave the file away: it is not whole, and only that it is there matters.
    if (codeOf(thrown) === 'EACCES' && stat.uid === 0n && folder.uid !== 0) return null
    throw thrown
  })
  if (handle === null) return { kind: 'file', sha256: 'unreadable', size: Number(stat.size), ...traitsOf(stat) }
  try {
    const opened = await handle.stat({ bigint: true })
    return { kind: 'file', sha256: await sha256Of(handle), size: Number(opened.size), ...traitsOf(opened) }
  } finally {
    await handle.close()
  }
}

/** Opens a plain file for reading; a link or anything else that took its place is refused (`not_a_plain_file`). */
export async function openToRead(folder: Folder, name: string): Promise<DiskHandle> {
  const path = join(folder.path, name)
  const handle = await open(folder.at(name), flags.O_RDONLY | (flags.O_NOFOLLOW ?? 0) | (flags.O_NONBLOCK ?? 0)).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ELOOP') throw problem('not_a_plain_file', { path, what: 'a link' })
    throw thrown
  })
  if ((await handle.stat()).isFile()) return handle
  await handle.close()
  throw problem('not_a_plain_file', { path, what: 'no plain file' })
}

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** SHA-256 (hex) of what an opened file holds, read in pieces. */
export async function sha256Of(handle: DiskHandle): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(256 * 1024)
  for (let at = 0; ; ) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, at)
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(piece.subarray(0, bytesRead))
    at += bytesRead
  }
}

export function traitsOf(stat: BigIntStats): Traits {
  return {
    id: `${stat.dev}:${stat.ino}`,
    mode: Number(stat.mode & 0o7777n),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    atimeNs: String(stat.atimeNs),
    mtimeNs: String(stat.mtimeNs),
  }
}
