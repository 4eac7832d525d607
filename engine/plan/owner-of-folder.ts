import { statSync } from 'node:fs'
import type { Owner } from './plan.ts'

/** Who owns a folder, in numbers, and so what is made in it; null on Windows. */
export function ownerOfFolder(folder: string, platform: NodeJS.Platform = process.platform): Owner | null {
  if (platform === 'win32') return null
  const { uid, gid } = statSync(folder)
  return { uid, gid }
}
