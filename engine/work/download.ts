import { resolve } from 'node:path'
import type { DownloadOffer, DownloadSource, DownloadWish, Product } from '../../shared/contract/download.ts'
import { baseAddress } from '../download/addresses.ts'
import { install } from '../download/install.ts'
import { openNetwork, type AskProxy } from '../download/network.ts'
import { offerOf } from '../download/offer.ts'
import { namedVersion } from '../download/releases.ts'
import type { AskedWork } from './work-desk.ts'

/**
 * Downloads, checks and unpacks: the work ends with the home, and with how it was checked. What can be refused at once is: `download_version`, `download_address`.
 * The work's problems are those of `install`.
 */
export function downloading(wish: DownloadWish, askProxy?: AskProxy): AskedWork {
  const into = resolve(wish.into)
  baseAddress(wish.mirror)
  const version = wish.version === undefined ? {} : { version: namedVersion(wish.version) }
  const file = wish.file === undefined ? {} : { file: resolve(wish.file) }
  const asked = { ...wish, ...version, ...file, into }
  return { what: { what: 'download', ...asked }, destination: into, work: (told) => install(asked, told, { askProxy }) }
}

/** What can be downloaded. Problems: those of `offerOf`, and `download_authority`. */
export async function offered({ product, mirror, authority }: DownloadSource & { product: Product }, asked: { signal?: AbortSignal | undefined; askProxy?: AskProxy | undefined }): Promise<DownloadOffer> {
  const network = await openNetwork({ authority, askProxy: asked.askProxy })
  try {
    return await offerOf({ product, mirror, network, signal: asked.signal ?? new AbortController().signal })
  } finally {
    await network.close()
  }
}
