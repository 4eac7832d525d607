import { stat } from 'node:fs/promises'
import type { Owner } from '../plan/plan.ts'

/** Who owns a folder, in numbers; null on Windows. */
export async function ownerOfFolder(folder: string, platform: NodeJS.Platform = process.platform): Promise<Owner | null> {
  if (platform === 'win32') return null
  const { uid, gid } = await stat(folder)
  return { uid, gid }
}
