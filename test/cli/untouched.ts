import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The state of every entry below a folder, by which it can be seen that nothing touched it: beside mode, owner, size and time of
 * change also the number of the entry and the time of its last change of any kind, which no program can set back.
 */
export async function untouchedMark(folder: string): Promise<string[]> {
  const names = ['.', ...(await readdir(folder, { recursive: true })).sort()]
  return Promise.all(
    names.map(async (name) => {
      const { ino, mode, uid, gid, size, mtimeNs, ctimeNs } = await lstat(join(folder, name), { bigint: true })
      return [name, ino, mode, uid, gid, size, mtimeNs, ctimeNs].join(' ')
    }),
  )
}
