import type { DownloadOffer, Product } from '../../shared/contract/download.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { baseAddress, releaseListAddress, vendorAddress } from './addresses.ts'
import { buildFor } from './builds.ts'
import { fetchText } from './fetch-text.ts'
import type { Network } from './network.ts'
import { readReleases } from './releases.ts'

/** The vendor's list has some hundred KB. */
const most = 20_000_000

/**
 * What can be downloaded for this machine, from the vendor or a mirror. Problems: `download_no_list`, `download_no_mirror`, `download_address`, `download_no_build`, and those of `get`.
 */
export async function offerOf(asked: { readonly product: Product; readonly mirror?: string | undefined; readonly network: Network; readonly signal: AbortSignal }): Promise<DownloadOffer> {
  const { product, mirror, network, signal } = asked
  const base = baseAddress(mirror)
  const build = buildFor()
  const address = releaseListAddress(base)
  const text = await fetchText(address, { network, signal, most }).catch((thrown: unknown) => {
    if (!(thrown instanceof Problem)) throw thrown
    if (thrown.code === 'download_web_page' && base !== vendorAddress) throw problem('download_no_mirror', { mirror: base, why: 'it answers with a web page where the list of versions should be' }, { cause: thrown })
    // A mirror may hold the archives and no list.
    if (thrown.code === 'download_not_there') throw problem('download_no_list', { address, why: 'there is none' }, { cause: thrown })
    throw thrown
  })
  const versions = readReleases(text)
  if (versions === null && base !== vendorAddress) throw problem('download_no_mirror', { mirror: base, why: `its ${new URL(address).pathname.slice(new URL(base).pathname.replace(/\/$/, '').length + 1)} is no list of versions` })
  if (versions === null) throw problem('download_no_list', { address, why: 'it is none' })
  if (versions.length === 0) throw problem('download_no_list', { address, why: 'no released version of 8 or 9 stands in it' })
  return { product, versions, build: build.name, from: base }
}
