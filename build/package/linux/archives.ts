import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { packedIn } from '../packed.ts'
import { type Compression, makeDeb } from './deb.ts'
import { makeTarball } from './tarball.ts'

/**
 * Makes a tar.gz and a deb of every application for Linux that is packed in `out`, beside it, with Debian's own tools
 * (`tar`, `dpkg-deb`, binutils), and returns their paths. `repository` is `owner/name` on GitHub, or null.
 */
export async function makeArchives({ out, checkout, repository, maintainer, compression }: {
  out: string
  checkout: string
  repository: string | null
  maintainer: string
  compression: Compression
}): Promise<string[]> {
  const { version } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as { version: string }
  const released = await timeOfRelease(checkout)
  const made: string[] = []
  for (const { folder } of packedIn(out, 'linux')) {
    const arch = basename(folder).includes('arm64') ? 'arm64' : 'x64'
    const name = `Firstnode-${version}-linux-${arch}`
    const tarball = join(out, `${name}.tar.gz`)
    await makeTarball({ packed: folder, name, released, compression }, tarball)
    const deb = join(out, `Firstnode-${version}-linux-${arch === 'x64' ? 'amd64' : 'arm64'}.deb`)
    const source = { packed: folder, arch, version, repository, maintainer, released, checkout, compression } as const
    await makeDeb({ ...source, work: join(out, 'deb') }, deb)
    made.push(tarball, deb)
  }
  return made
}

/** When this version was made, in seconds since 1970: SOURCE_DATE_EPOCH, else the time of the commit, else now. */
export async function timeOfRelease(checkout: string): Promise<number> {
  const given = process.env.SOURCE_DATE_EPOCH
  if (given) return Number(given)
  const asked = promisify(execFile)('git', ['log', '-1', '--format=%ct'], { cwd: checkout })
  const commit = await asked.then(({ stdout }) => stdout.trim(), () => '')
  return commit === '' ? Math.floor(Date.now() / 1000) : Number(commit)
}
