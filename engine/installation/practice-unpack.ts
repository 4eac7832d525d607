import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'
import { problem } from '../../shared/problems/problem.ts'
import { MiB } from '../../shared/sizes.ts'
import type { PracticeVersion } from './practice-versions.ts'

const inside = /^sonarqube-[^/]+\/elasticsearch\/(.+)$/

/**
 * Unpacks the Elasticsearch of the package to `into` (which is made) and proves meanwhile that the package is the one
 * that is meant. `onBytes` tells the bytes written so far. Problem: `practice_torn`; then `into` holds nothing to use.
 */
export async function unpackPractice(asked: {
  zip: string
  wanted: PracticeVersion
  into: string
  signal: AbortSignal
  onBytes: (done: number) => void
}): Promise<void> {
  const { zip, wanted, into, signal, onBytes } = asked
  const { size } = await stat(zip)
  if (size !== wanted.bytes) throw torn(wanted, `it has ${size} bytes, not ${wanted.bytes}`)
  const abort = new AbortController()
  const either = AbortSignal.any([signal, abort.signal])
  const works = [sha256Of(zip, either), unpackInto(zip, into, either, onBytes)] as const
  // The other one must not go on writing when one has failed.
  const [digest] = await Promise.all(works).catch(async (thrown: unknown) => {
    abort.abort()
    await Promise.allSettled(works)
    // The system's errors (a full disk) are none of the package's; zlib's (Z_DATA_ERROR) and yauzl's are.
    const { code, message } = thrown as NodeJS.ErrnoException
    throw signal.aborted || code?.startsWith('E') ? thrown : torn(wanted, message)
  })
  if (digest !== wanted.sha256) throw torn(wanted, 'its SHA-256 is another')
}

async function unpackInto(zip: string, into: string, signal: AbortSignal, onBytes: (done: number) => void): Promise<void> {
  const file = await openPromise(zip, { lazyEntries: true, autoClose: true })
  let done = 0
  try {
    for await (const entry of file.eachEntry()) {
      signal.throwIfAborted()
      const name = inside.exec(entry.fileName)?.[1]
      if (name === undefined) continue
      const path = join(into, ...name.split('/'))
      await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true })
      if (name.endsWith('/')) continue
      await pipeline(await file.openReadStreamPromise(entry), createWriteStream(path), { signal })
      done += entry.uncompressedSize
      onBytes(done)
    }
  } finally {
    file.close()
  }
}

async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: MiB }), hash, { signal })
  return hash.digest('hex')
}

function torn(wanted: PracticeVersion, why: string): Error {
  return problem('practice_torn', { version: wanted.version, why })
}
