import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Product } from '../../shared/contract/download.ts'
import { problem } from '../../shared/problems/problem.ts'
import { diskOf } from '../installation/machine.ts'

/** How many times an archive's bytes its home takes, rather more than less. Kibana is many small files. */
const unpacked: Readonly<Record<Product, number>> = { elasticsearch: 2.2, kibana: 4.5 }
const spare = 100_000_000

/** Free bytes of the file system below a path; null where none can be asked. A parameter where it is tested. */
export type FreeBytes = (path: string) => Promise<number | null>

export const freeBytesOf: FreeBytes = async (path) => (await diskOf(path))?.freeBytes ?? null

/** Room to unpack an archive of `bytes` into a folder, and, where they are on one disk, for what of it is still to come to `cache`. Problem: `download_no_room`. */
export async function refuseWithoutRoom(asked: { product: Product; into: string; cache: string; bytes: number; missing: number; freeBytes?: FreeBytes }): Promise<void> {
  const { product, into, cache, bytes, missing, freeBytes = freeBytesOf } = asked
  const home = Math.ceil(bytes * unpacked[product]) + spare
  const shared = await onOneDisk(into, cache)
  await refuse(into, home + (shared ? missing : 0), shared ? 'download and unpack it' : 'unpack it', freeBytes)
  if (!shared && missing > 0) await refuse(cache, missing + spare, 'download it', freeBytes)
}

async function refuse(folder: string, neededBytes: number, what: string, ask: FreeBytes): Promise<void> {
  const free = await ask(folder)
  if (free !== null && free < neededBytes) throw problem('download_no_room', { folder, freeBytes: free, neededBytes, what })
}

async function onOneDisk(one: string, other: string): Promise<boolean> {
  const devices = await Promise.all([one, other].map(deviceOf))
  return devices[0] === devices[1]
}

async function deviceOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null)
  return found !== null ? found.dev : dirname(path) === path ? null : deviceOf(dirname(path))
}

/** Refuses, before anything is downloaded, a folder that nothing could be unpacked to. Problem: `archive_target`. */
export async function refuseUnwritable(into: string, mayWrite: (folder: string) => Promise<void> = (folder) => access(folder, constants.W_OK | constants.X_OK)): Promise<void> {
  const refused = (why: string): Error => problem('archive_target', { into, why })
  const found = await stat(into).catch(() => null)
  if (found !== null && !found.isDirectory()) throw refused('it is a file')
  const written = found === null ? dirname(into) : into
  if (found === null && !(await stat(written).then((above) => above.isDirectory(), () => false))) throw refused(`${written} is not there`)
  await mayWrite(written).catch((thrown: NodeJS.ErrnoException) => {
    throw refused(thrown.code === 'EROFS' ? 'it is on a read-only file system' : 'this account may not write there')
  })
}
