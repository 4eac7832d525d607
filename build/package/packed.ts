import { existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { binaryName, resourcesOf } from './after-pack.ts'

/** A packed application as it lies in a folder, ready to be started. */
export interface Packed {
  readonly folder: string
  /** what carries the fuses: the binary, on macOS the `.app` */
  readonly binary: string
  /** what is started */
  readonly executable: string
  readonly asar: string
}

/**
 * The packed applications below a folder the builder wrote to (`linux-unpacked`, `linux-arm64-unpacked`, `mac-universal`, `win-unpacked`),
 * in the order of their names; empty where there are none.
 */
export function packedIn(out: string, platform: NodeJS.Platform = process.platform): Packed[] {
  const name = binaryName(platform)
  return globSync(`*/${name}`, { cwd: out })
    .sort()
    .map((found) => packedAt(join(out, found.slice(0, -name.length - 1)), platform))
    .filter(({ asar }) => existsSync(asar))
}

function packedAt(folder: string, platform: NodeJS.Platform): Packed {
  const binary = join(folder, binaryName(platform))
  const executable = platform === 'darwin' ? join(binary, 'Contents', 'MacOS', 'Firstnode') : binary
  return { folder, binary, executable, asar: join(resourcesOf(folder, platform), 'app.asar') }
}

/** The one of them that this machine can start, or null: folders of the other processor carry its name. */
export function startableHere(packed: readonly Packed[], arch: string = process.arch): Packed | null {
  const runs = (folder: string) => folder.endsWith('universal') || /arm64/.test(basename(folder)) === (arch === 'arm64')
  return packed.find(({ folder }) => runs(folder)) ?? null
}
