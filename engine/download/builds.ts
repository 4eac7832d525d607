import { problem } from '../../shared/problems/problem.ts'

/** An archive is built for a system and a processor: the vendor's name for it, and how its file ends. */
export interface Build {
  readonly name: string
  readonly ending: 'tar.gz' | 'zip'
}

const systems = { linux: 'linux', darwin: 'darwin', win32: 'windows' } as const
const processors = { x64: 'x86_64', arm64: 'aarch64' } as const

/** What runs on a machine. Problem: `download_no_build`. */
export function buildFor(platform: NodeJS.Platform = process.platform, processor: string = process.arch): Build {
  // There is one build for Windows; on ARM it runs by emulation.
  if (platform === 'win32' && processor in processors) return { name: 'windows-x86_64', ending: 'zip' }
  if ((platform !== 'linux' && platform !== 'darwin') || !(processor === 'x64' || processor === 'arm64')) throw problem('download_no_build', { platform, processor })
  return { name: `${systems[platform]}-${processors[processor]}`, ending: 'tar.gz' }
}
