import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { MiB } from '../../shared/sizes.ts'

/**
 * The SHA-512 that a `.sha512` file says of `name`: 128 hexadecimal digits, with the name behind them or alone. Null where it says none of it.
 */
export function readChecksum(text: string, name: string): string | null {
  for (const line of text.split(/\r?\n/)) {
    const [, digest, of] = /^([0-9a-f]{128})(?:\s+\*?(?:.*[\\/])?([^\\/]+?))?\s*$/i.exec(line.replace(/^\uFEFF/, '')) ?? []
    if (digest !== undefined && (of === undefined || of === name)) return digest.toLowerCase()
  }
  return null
}

/** The SHA-512 of a file, in hexadecimal. */
export async function sha512Of(path: string, signal: AbortSignal, onBytes: (done: number) => void = () => undefined): Promise<string> {
  const hash = createHash('sha512')
  let done = 0
  for await (const chunk of createReadStream(path, { highWaterMark: MiB, signal })) {
    hash.update(chunk as Buffer)
    done += (chunk as Buffer).length
    onBytes(done)
  }
  return hash.digest('hex')
}
