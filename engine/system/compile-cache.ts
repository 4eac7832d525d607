import { lstatSync, mkdirSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { cacheFolder } from '../installation/practice-cache.ts'

/** Node has it from 22.1 on. */
type EnableCompileCache = (folder: string) => unknown

/**
 * Has Node keep what it compiles of this program in `folder`, and read it from there at the next start, where it can. The folder belongs to the
 * caller alone: what lies in it is run. Where it cannot be made, or belongs to another account, nothing is kept. Never throws.
 */
export function keepCompiled(folder = join(cacheFolder(), 'compiled'), enable = enableCompileCache()): void {
  if (enable === null) return
  try {
    mkdirSync(join(folder, '..'), { recursive: true, mode: 0o755 })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (isOwn(folder)) enable(folder)
  } catch {
    // It starts more slowly, that is all.
  }
}

function enableCompileCache(): EnableCompileCache | null {
  return (nodeModule as { enableCompileCache?: EnableCompileCache }).enableCompileCache ?? null
}

/** Whether nobody but the caller could have put anything into `folder`. */
function isOwn(folder: string): boolean {
  const uid = process.getuid?.()
  // Windows: the folder lies below the caller's own, and takes its access list from there.
  if (uid === undefined) return true
  const found = lstatSync(folder)
  return found.isDirectory() && found.uid === uid && (found.mode & 0o022) === 0
}
