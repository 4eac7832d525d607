import { codeOf } from './disk-problem.ts'
import { rmdir, unlink } from './disk.ts'

const patienceMs = 2000

/**
 * Does what changes a name on the disk. On Windows a virus scanner or indexer may hold a file for a moment after it was written: such a refusal is
 * tried again for two seconds.
 */
export async function patiently<T>(deed: () => Promise<T>, platform: NodeJS.Platform = process.platform): Promise<T> {
  const end = Date.now() + patienceMs
  for (let pause = 10; ; pause *= 2) {
    try {
      return await deed()
    } catch (thrown) {
      const held = platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(thrown) ?? '')
      if (!held || Date.now() + pause > end) throw thrown
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

/** Removes a file. */
export const unlinkFile = (path: string): Promise<void> => patiently(() => unlink(path))

/** Removes an empty folder. */
export const removeFolder = (path: string): Promise<void> => patiently(() => rmdir(path))
