import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { nodeExecutable } from '../node-runtime.mjs'
import { run } from '../run.mjs'

/** A folder with Electron's binary, or with the stand-in for it that the tests know. */
export interface ElectronDist {
  readonly folder: string
  readonly standIn: boolean
}

/**
 * The Electron to pack with on this machine: the binary that the electron package fetched, else, on Linux, the stand-in (made anew).
 * Throws with what to do where there is neither.
 */
export async function electronDist(checkout: string, platform: NodeJS.Platform = process.platform): Promise<ElectronDist> {
  const real = installedDist(checkout)
  if (real !== null) return { folder: real, standIn: false }
  const maker = join(checkout, 'test', 'electron-stand-in', 'make-dist.ts')
  if (platform !== 'linux' || !existsSync(maker)) throw new Error('Electron\'s binary is not here. Fetch it once: npx install-electron')
  const folder = join(checkout, 'dist', 'electron-stand-in')
  rmSync(folder, { recursive: true, force: true })
  const status = await run(nodeExecutable(), [maker, folder], { cwd: checkout, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`Making the stand-in for Electron failed (status ${status}): see above.`)
  return { folder, standIn: true }
}

/** The folder the electron package fetched its binary into, or null where it did not. */
export function installedDist(checkout: string): string | null {
  const electron = join(checkout, 'node_modules', 'electron')
  try {
    const binary = readFileSync(join(electron, 'path.txt'), 'utf8').trim()
    return existsSync(join(electron, 'dist', binary)) ? join(electron, 'dist') : null
  } catch {
    return null
  }
}
