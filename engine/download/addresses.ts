import type { Product } from '../../shared/contract/download.ts'
import { problem } from '../../shared/problems/problem.ts'
import { withoutTrailing } from '../../shared/without-trailing.ts'
import type { Build } from './builds.ts'

/** Where the vendor gives its archives out. A mirror stands in its place, with the same paths below. */
export const vendorAddress = 'https://artifacts.elastic.co'

/** The list of all releases, the same for all products. */
export function releaseListAddress(base: string): string {
  return `${base}/releases/stack.json`
}

/** An archive; its checksum lies beside it with `.sha512`, its signature with `.asc`. */
export function archiveAddress(base: string, product: Product, version: string, build: Build): string {
  return `${base}/downloads/${product}/${archiveName(product, version, build)}`
}

export function archiveName(product: Product, version: string, build: Build): string {
  return `${product}-${version}-${build.name}.${build.ending}`
}

/**
 * What a person typed as a mirror, as it is put before a path; the vendor's own where nothing was. Plain http is taken where it was typed: what comes
 * over it is proved by its signature. An account is refused: the address is shown and logged. Problem: `download_address`.
 */
export function baseAddress(mirror: string | undefined): string {
  if (mirror === undefined || mirror.trim() === '') return vendorAddress
  const url = urlIn(mirror.trim())
  const shown = url === null ? mirror.trim().slice(0, 200) : withoutAccount(url)
  const refused = (why: string): Error => problem('download_address', { address: shown, why })
  if (url === null || url.hostname === '') throw refused('it does not read like https://mirror.example.com/elastic')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('it begins neither with https:// nor with http://')
  if (url.username !== '' || url.password !== '') throw refused('it holds an account, and an address is shown and logged')
  if (url.search !== '' || url.hash !== '') throw refused('something follows its path')
  return withoutTrailing(url.href, '/')
}

/** An address that somebody named, from `base` on; null where it is none. */
export function urlIn(text: string, base?: URL): URL | null {
  return URL.canParse(text, base?.href) ? new URL(text, base) : null
}

/** An address as it may be shown: without an account in it. */
export function withoutAccount(address: URL | string): string {
  const url = new URL(address)
  url.username = ''
  url.password = ''
  return url.href.replace(/\/$/, '')
}
