import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { registryElectron, registryElectronFolder } from '../older-electron/registry-electron.ts'

/** A folder with Electron's binary. */
export interface ElectronDist {
  readonly folder: string
  readonly version: string
  /** false: an older one, which loads no ES module as its main program and is for tests alone */
  readonly pinned: boolean
}

/**
 * The Electron to test and pack with on this machine: the binary of the pinned version where the electron package fetched it, else, on Linux
 * with an x64 processor, the one that npm's registry holds. Throws with what to do where there is neither.
 */
export async function electronDist(checkout: string, machine: {
  platform?: NodeJS.Platform
  arch?: string
  say?: (line: string) => void
  signal?: AbortSignal
  cache?: string
} = {}): Promise<ElectronDist> {
  const { platform = process.platform, arch = process.arch, say = () => {}, signal = new AbortController().signal, cache } = machine
  const folder = installedDist(checkout)
  if (folder !== null) return { folder, version: pinnedVersion(checkout), pinned: true }
  if (platform !== 'linux' || arch !== 'x64') throw new Error('Electron\'s binary is not here. Fetch it once: npx install-electron')
  return { folder: await registryElectronFolder({ say, signal, ...(cache === undefined ? {} : { cache }) }), version: registryElectron.version, pinned: false }
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

function pinnedVersion(checkout: string): string {
  return (JSON.parse(readFileSync(join(checkout, 'node_modules', 'electron', 'package.json'), 'utf8')) as { version: string }).version
}
