import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The state of every entry below a folder, by which it can be seen that nothing touched it: beside mode, owner, size and time of
 * change also the number of the entry and the time of its last change of any kind, which no program can set back. That of a file with further
 * (hard) links is left out: the programs of all homes of these tests are the same files, and a home that is made or removed meanwhile changes it.
 */
export async function untouchedMark(folder: string): Promise<string[]> {
  const names = ['.', ...(await readdir(folder, { recursive: true })).sort()]
  return Promise.all(
    names.map(async (name) => {
      const stat = await lstat(join(folder, name), { bigint: true })
      const { ino, mode, uid, gid, size, mtimeNs, ctimeNs, nlink } = stat
      return [name, ino, mode, uid, gid, size, mtimeNs, stat.isFile() && nlink > 1n ? '-' : ctimeNs].join(' ')
    }),
  )
}
