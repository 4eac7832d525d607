import { rename } from 'node:fs/promises'
import { codeOf } from './disk-problem.ts'

const patienceMs = 2000

/**
 * Renames in one step, over what stands there. On Windows a virus scanner or indexer may hold a file for a moment after it was
 * written: such a refusal is tried again for two seconds.
 */
export async function renameFile(
  from: string,
  to: string,
  { platform = process.platform, attempt = rename }: { platform?: NodeJS.Platform; attempt?: typeof rename } = {},
): Promise<void> {
  const end = Date.now() + patienceMs
  for (let pause = 10; ; pause *= 2) {
    try {
      return await attempt(from, to)
    } catch (thrown) {
      const held = platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(thrown) ?? '')
      if (!held || Date.now() + pause > end) throw thrown
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
