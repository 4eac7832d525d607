import { chmod, lstat, mkdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { DownloadWish, Product } from '../../shared/contract/download.ts'
import type { Progress } from '../../shared/contract/target.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { judgeTarget, unpackArchive } from '../installation/archive.ts'
import { withFileLock } from '../installation/file-lock.ts'
import { cacheFolder } from '../installation/practice-cache.ts'
import { codeOf } from '../plan/disk-problem.ts'
import { archiveAddress, archiveName, baseAddress } from './addresses.ts'
import { buildFor } from './builds.ts'
import { fetchFile } from './fetch-file.ts'
import { holdingOf } from './holding.ts'
import { dropPart, keptPart } from './kept-part.ts'
import { openNetwork, type Network, type NetworkWish } from './network.ts'
import { offerOf } from './offer.ts'
import { paced } from './pace.ts'
import { check, fetchProof, proofBeside } from './proof.ts'
import { namedVersion } from './releases.ts'
import { freeBytesOf, refuseUnwritable, refuseWithoutRoom, type FreeBytes } from './room.ts'
import { vendorKey, type SigningKey } from './vendor-key.ts'
import { whyUnreadable } from '../system/why-unreadable.ts'

/** What of the surroundings a test chooses. */
export interface InstallSurroundings extends NetworkWish {
  readonly key?: SigningKey
  readonly cache?: string
  readonly freeBytes?: FreeBytes
  readonly pauses?: readonly number[]
}

export interface Installed {
  readonly home: string
  /** how it was checked */
  readonly sentences: readonly string[]
}

type Told = { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void }

/**
 * Downloads Elasticsearch or Kibana, checks it (SHA-512 and signature, always both) and unpacks it to a home of its own name in `wish.into`; or takes the archive `wish.file`, which is
 * checked by what lies beside it. A cancel leaves nothing; a download that broke off stays in the cache, and the next one goes on from there.
 * Problems: all `download_…`, and those of `unpackArchive`.
 */
export async function install(wish: DownloadWish, told: Told, surroundings: InstallSurroundings = {}): Promise<Installed> {
  const into = resolve(wish.into)
  await refuseUnwritable(into)
  await judgeTarget(into, wish.user)
  if (wish.file !== undefined) return installFile({ ...wish, into, file: resolve(wish.file) }, told, surroundings)
  const network = await openNetwork({ ...surroundings, authority: wish.authority })
  try {
    const { product, mirror } = wish
    const { signal } = told
    const version = wish.version === undefined ? await newest(product, mirror, network, signal) : namedVersion(wish.version)
    return await downloadAndUnpack({ ...wish, into, version }, network, told, surroundings)
  } finally {
    await network.close()
  }
}

async function newest(product: Product, mirror: string | undefined, network: Network, signal: AbortSignal): Promise<string> {
  const { versions, from } = await offerOf({ product, mirror, network, signal })
  const [first] = versions
  if (first === undefined) throw problem('download_no_list', { address: from, why: 'it is empty' })
  return first.version
}

async function downloadAndUnpack(wish: DownloadWish & { version: string }, network: Network, { signal, onProgress }: Told, surroundings: InstallSurroundings): Promise<Installed> {
  const { product, version, into } = wish
  const build = buildFor()
  const name = archiveName(product, version, build)
  const address = archiveAddress(baseAddress(wish.mirror), product, version, build)
  const folder = await cacheFor(surroundings.cache ?? cacheFolder())
  const archive = join(folder, name)
  const { freeBytes = freeBytesOf } = surroundings
  const onWait = ({ pid }: { pid: number }): void => onProgress({ text: `Waiting: another Firstnode (process ${pid}) is downloading ${name}`, done: 0, total: null, unit: 'bytes' })
  return withFileLock(join(folder, `${name}.lock`), { signal, onWait }, async () => {
    const tell = paced(onProgress)
    let missing = 0
    onProgress({ text: `Asking ${new URL(address).host} for ${name}`, done: 0, total: null, unit: 'bytes' })
    try {
      const proof = await fetchProof(address, { network, signal })
      await fetchFile({
        address,
        part: archive,
        network,
        signal,
        onBytes: (done, total) => tell(`Downloading ${name}`, done, total),
        onLength: async (length) => {
          missing = length
          await refuseWithoutRoom({ product, into, cache: folder, bytes: missing + (await sizeOf(archive)), missing, freeBytes })
        },
        ...(surroundings.pauses === undefined ? {} : { pauses: surroundings.pauses }),
      })
      const sentences = await check({ archive, name, proof, key: surroundings.key ?? (await vendorKey()), isOurs: true, signal, onProgress })
      const home = await unpacked({ ...wish, archive }, { signal, onProgress })
      await dropPart(archive)
      return { home, sentences: [`${name} was downloaded from ${new URL(address).host}.`, ...sentences] }
    } catch (thrown) {
      if (signal.aborted || !mayGoOn(thrown) || (await keptPart(archive, address)) === null) await dropPart(archive)
      throw codeOf(thrown) === 'ENOSPC' || codeOf(thrown) === 'EDQUOT' ? await noRoom(folder, missing, freeBytes) : thrown
    }
  })
}

/** Whether what has come is worth keeping: the way was at fault, or the folder, and not what came. */
function mayGoOn(thrown: unknown): boolean {
  if (!(thrown instanceof Problem)) return false
  const ofTheWay = ['download_broken', 'download_unreachable', 'download_untrusted', 'download_proxy', 'download_proxy_password', 'download_redirect', 'download_refused', 'download_web_page']
  return [...ofTheWay, 'download_no_room', 'archive_target'].includes(thrown.code)
}

async function installFile(wish: DownloadWish & { file: string }, { signal, onProgress }: Told, surroundings: InstallSurroundings): Promise<Installed> {
  const { file, product, into } = wish
  const stats = await stat(file).catch((thrown: NodeJS.ErrnoException) => {
    throw problem('archive_unreadable', { archive: file, why: whyUnreadable(thrown) })
  })
  if (stats.isFile()) await refuseWithoutRoom({ product, into, cache: into, bytes: stats.size, missing: 0, ...(surroundings.freeBytes === undefined ? {} : { freeBytes: surroundings.freeBytes }) })
  const name = basename(file)
  const sentences = stats.isFile() ? await check({ archive: file, name, proof: await proofBeside(file), key: surroundings.key ?? (await vendorKey()), isOurs: false, signal, onProgress }) : []
  const home = await unpacked({ product, archive: file, into, user: wish.user }, { signal, onProgress })
  return { home, sentences: [`${file} was used; nothing was downloaded.`, ...sentences] }
}

function unpacked({ product, version, archive, into, user }: { product: Product; version?: string | undefined; archive: string; into: string; user?: string | undefined }, told: Told): Promise<string> {
  return unpackArchive({ archive, into, user, ...told, holds: holdingOf(product, version) })
}

/** Closed to others, and nobody else's: what lies there is unpacked after it was checked. */
async function cacheFor(cache: string): Promise<string> {
  const folder = join(cache, 'downloads')
  const refused = (why: string, cause?: unknown): Error => problem('download_cache', { folder, why }, { cause })
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 })
    const { uid, isLink } = await lstat(folder).then((stats) => ({ uid: stats.uid, isLink: stats.isSymbolicLink() }))
    if (isLink) throw refused('it is a link')
    if (process.getuid !== undefined && uid !== process.getuid()) throw refused('it belongs to another account, which could exchange what was checked')
    await chmod(folder, 0o700)
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown
    const code = codeOf(thrown)
    throw refused(code === 'EACCES' || code === 'EPERM' ? 'this account may not write there' : whyUnreadable(thrown), thrown)
  }
  return folder
}

async function noRoom(folder: string, neededBytes: number, freeBytes: FreeBytes): Promise<Problem> {
  return problem('download_no_room', { folder, freeBytes: (await freeBytes(folder)) ?? 0, neededBytes, what: 'download it' })
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(({ size }) => size, () => 0)
}
