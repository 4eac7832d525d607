import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract, type Extract, type Header } from 'tar-stream'
import { MiB } from '../../shared/sizes.ts'
import type { ArchiveBounds } from './archive-bounds.ts'
import { RefusedEntry, type ArchiveTree } from './archive-tree.ts'

/** What a streamx stream is, which its types do not say. */
type Content = AsyncIterable<Uint8Array> & { resume(): unknown; destroy(): unknown }

const block = 512
/** Beside its entries an archive has headers of a few blocks, and empty blocks at its end. */
const mostBetweenEntries = 2 * MiB

/**
 * Reads a `.tar.gz` into the tree. `onBytes`: bytes of the archive read so far. What an entry says of
 * its size is judged before it is written. Ends with zlib's or tar-stream's error where it is torn.
 */
export async function readTar(
  archive: string,
  { tree, bounds }: { tree: ArchiveTree; bounds: ArchiveBounds },
  signal: AbortSignal,
  onBytes: (done: number) => void,
): Promise<void> {
  // Its entries are known only as they come, but they take at least what it takes itself.
  bounds.refuse((await stat(archive)).size)
  const source = createReadStream(archive, { highWaterMark: 256 * 1024 })
  let done = 0
  source.on('data', (chunk) => {
    done += chunk.length
    onBytes(done)
  })
  const entries = extract()
  const announced = { content: 0, all: 0 }
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  const feeding = pipeline(source, createGunzip(), (chunks: AsyncIterable<Uint8Array>) => feed(chunks, entries, { announced, bounds, signal: either }), { signal: either })
  const works = [feeding, readEntries(entries, { tree, bounds, announced }, signal)].map((work) =>
    // The first to fail says why, and ends the other.
    work.catch((thrown: Error) => {
      failed.abort(thrown)
      entries.destroy(thrown)
      throw thrown
    }),
  )
  await Promise.allSettled(works)
  signal.throwIfAborted()
  if (failed.signal.aborted) throw failed.signal.reason
}

/** What the headers that were read say: bytes of content, and bytes of the archive that this and its headers take. */
interface Announced {
  content: number
  all: number
}

async function feed(
  chunks: AsyncIterable<Uint8Array>,
  entries: Extract,
  { announced, bounds, signal }: { announced: Announced; bounds: ArchiveBounds; signal: AbortSignal },
): Promise<void> {
  let fed = 0
  for await (const chunk of chunks) {
    fed += chunk.length
    if (fed - announced.all > mostBetweenEntries) bounds.refuse(Infinity)
    if (!entries.write(chunk)) await once(entries as unknown as NodeJS.EventEmitter, 'drain', { signal })
  }
  entries.end(null)
}

async function readEntries(
  entries: Extract,
  { tree, bounds, announced }: { tree: ArchiveTree; bounds: ArchiveBounds; announced: Announced },
  signal: AbortSignal,
): Promise<void> {
  for await (const entry of entries) {
    const size = entry.header.size ?? 0
    announced.content += size
    announced.all += block + Math.ceil(size / block) * block
    try {
      bounds.refuse(announced.content)
      await readEntry(entry.header, entry as unknown as Content, tree, signal)
    } catch (thrown) {
      // Else the end of the loop waits for somebody to take what is left of it.
      ;(entry as unknown as Content).destroy()
      throw thrown
    }
  }
}

async function readEntry(header: Header, content: Content, tree: ArchiveTree, signal: AbortSignal): Promise<void> {
  const { name, type, linkname, mode } = header
  if (type === 'file' || type === 'contiguous-file') return tree.file(name, mode, content, signal)
  if (type === 'directory') await tree.folder(name, mode)
  else if (type === 'symlink') tree.symbolicLink(name, linkname)
  else if (type === 'link') tree.hardLink(name, linkname)
  else throw new RefusedEntry(name, 'is a device, a pipe or something else that is no file')
  content.resume()
  return undefined
}
