import { open } from 'node:fs/promises'

/** The last whole lines of a text file, at most `bytes` of it. Rejects where it cannot be read. */
export async function endOfFile(path: string, bytes: number): Promise<string> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const from = Math.max(0, size - bytes)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from)
    const text = buffer.subarray(0, bytesRead).toString('utf8')
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1)
  } finally {
    await handle.close()
  }
}
