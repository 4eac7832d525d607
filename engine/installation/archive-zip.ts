import { text } from 'node:stream/consumers'
import * as zlib from 'node:zlib'
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl'
import type { ArchiveBounds } from './archive-bounds.ts'
import { mostEntries, RefusedEntry, type ArchiveTree } from './archive-tree.ts'

const madeOnUnix = 3
const kindBits = 0o170_000
const kind = { file: 0o100_000, folder: 0o040_000, link: 0o120_000 }
const longestLink = 4096

/** What is wrong with an entry, in words that go on "the archive is damaged: …". */
export class TornEntry extends Error {}

interface ZipEntry {
  readonly name: string
  readonly entry: Entry
}

/**
 * Reads a `.zip` into the tree. `onBytes`: bytes unpacked so far, of how many. The sizes of all entries are judged before any is
 * written; yauzl ends one that is longer than it says. Ends with yauzl's error where it is torn.
 */
export async function readZip(
  archive: string,
  { tree, bounds }: { tree: ArchiveTree; bounds: ArchiveBounds },
  signal: AbortSignal,
  onBytes: (done: number, total: number) => void,
): Promise<void> {
  // Names as they are: yauzl's own check would end in other words than the tree's.
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false, decodeStrings: false })
  let done = 0
  try {
    const entries: ZipEntry[] = []
    let total = 0
    for await (const entry of zip.eachEntry()) {
      entries.push({ entry, name: nameOf(entry) })
      total += entry.uncompressedSize
      bounds.refuse(total)
      if (entries.length > mostEntries) throw new RefusedEntry(nameOf(entry), `is one of more than ${mostEntries}`)
    }
    for (const one of entries) {
      signal.throwIfAborted()
      await readEntry(zip, one, tree, signal)
      done += one.entry.uncompressedSize
      onBytes(done, total)
    }
  } finally {
    zip.close()
  }
}

async function readEntry(zip: ZipFile, { entry, name }: ZipEntry, tree: ArchiveTree, signal: AbortSignal): Promise<void> {
  const bits = entry.versionMadeBy >>> 8 === madeOnUnix ? entry.externalFileAttributes >>> 16 : 0
  const sort = bits & kindBits
  if (name.endsWith('/') || sort === kind.folder) return tree.folder(name, bits === 0 ? 0o755 : bits)
  if (sort !== 0 && sort !== kind.file && sort !== kind.link) throw new RefusedEntry(name, 'is a device or a pipe')
  if (entry.isEncrypted()) throw new RefusedEntry(name, 'is encrypted')
  const content = await zip.openReadStreamPromise(entry)
  // It may fail before anybody reads it, and is read all the same: without a listener that would end the process.
  content.on('error', () => undefined)
  if (sort !== kind.link) return tree.file(name, bits === 0 ? modeByPlace(name) : bits, whole(content, entry), signal)
  if (entry.uncompressedSize > longestLink) throw new RefusedEntry(name, 'is a link to a name that is too long')
  tree.symbolicLink(name, await text(whole(content, entry)))
  return undefined
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true)
}

/** A zip made on Windows knows no modes: what lies in a `bin` is a program, and so is the helper that Java starts others with. */
function modeByPlace(name: string): number {
  return /(?:^|\/)bin\/[^/]+$|\/jspawnhelper$/.test(name) ? 0o755 : 0o644
}

/** Passes the content on and fails at its end where its checksum is another (yauzl checks sizes only). Node before 20.15 has no `crc32`. */
async function* whole(content: AsyncIterable<Buffer>, entry: Entry): AsyncGenerator<Buffer> {
  let crc = 0
  for await (const chunk of content) {
    crc = zlib.crc32?.(chunk, crc) ?? entry.crc32
    yield chunk
  }
  if (crc !== entry.crc32) throw new TornEntry('the checksum of an entry is wrong')
}
