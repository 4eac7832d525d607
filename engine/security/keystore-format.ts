import type { Installation } from '../../shared/contract/installation.ts'

/** The versions of the format that Elasticsearch 8 and 9 read. */
export const oldestFormat = 3
export const newestFormat = 7

/** How a version of the format lays out and protects its data (Elasticsearch's KeyStoreWrapper, 8.0 to 9.4). */
export interface KeystoreFormat {
  /** lengths within the data; Lucene turned to little-endian with version 5 */
  readonly littleEndian: boolean
  readonly iterations: number
  readonly keyBytes: 16 | 32
  /** each entry says its type before its value */
  readonly typedEntries: boolean
}

export function formatOf(version: number): KeystoreFormat {
  return {
    littleEndian: version >= 5,
    iterations: version >= 6 ? 210_000 : 10_000,
    keyBytes: version >= 7 ? 32 : 16,
    typedEntries: version === 3,
  }
}

/** The newest version of the format that this Elasticsearch reads, and the one it writes: 7 since 8.18 (and 9), 6 since 8.14, 5 before. */
export function formatOfInstallation({ version }: Pick<Installation, 'version'>): number {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  if (major > 8 || minor >= 18) return 7
  return minor >= 14 ? 6 : 5
}
