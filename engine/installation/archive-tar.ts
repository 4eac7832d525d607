import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract, type Extract, type Header } from 'tar-stream'
import { RefusedEntry, type ArchiveTree } from './archive-tree.ts'

/** What a streamx stream is, which its types do not say. */
type Content = AsyncIterable<Uint8Array> & { resume(): unknown }

/** Reads a `.tar.gz` into the tree. `onBytes`: bytes of the archive read so far. Ends with zlib's or tar-stream's error where it is torn. */
export async function readTar(archive: string, tree: ArchiveTree, signal: AbortSignal, onBytes: (done: number) => void): Promise<void> {
  const source = createReadStream(archive, { highWaterMark: 256 * 1024 })
  let done = 0
  source.on('data', (chunk) => {
    done += chunk.length
    onBytes(done)
  })
  const entries = extract()
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  const feeding = pipeline(source, createGunzip(), (chunks: AsyncIterable<Uint8Array>) => feed(chunks, entries, either), { signal: either })
  const works = [feeding, readEntries(entries, tree, signal)].map((work) =>
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

async function feed(chunks: AsyncIterable<Uint8Array>, entries: Extract, signal: AbortSignal): Promise<void> {
  for await (const chunk of chunks) {
    if (!entries.write(chunk)) await once(entries as unknown as NodeJS.EventEmitter, 'drain', { signal })
  }
  entries.end(null)
}

async function readEntries(entries: Extract, tree: ArchiveTree, signal: AbortSignal): Promise<void> {
  for await (const entry of entries) await readEntry(entry.header, entry as unknown as Content, tree, signal)
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
