import { rename } from './disk.ts'
import { patiently } from './patiently.ts'

/** Renames in one step, over what stands there; on Windows with patience for who holds it. */
export async function renameFile(
  from: string,
  to: string,
  { platform = process.platform, attempt = rename }: { platform?: NodeJS.Platform; attempt?: typeof rename } = {},
): Promise<void> {
  return patiently(() => attempt(from, to), platform)
}
