import { open } from 'node:fs/promises'
import { eventOfJson, eventOfText } from './log-event.ts'

const tailBytes = 64 * 1024

/** The node's name as its log tells it last; null where the log cannot be read or says none. */
export async function nameInLog(path: string): Promise<string | null> {
  const handle = await open(path).catch(() => null)
  if (handle === null) return null
  try {
    const { size } = await handle.stat()
    const from = Math.max(0, size - tailBytes)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, tailBytes)), { position: from })
    const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n')
    for (const line of lines.toReversed()) {
      const name = (eventOfJson(line) ?? eventOfText(line))?.node ?? null
      if (name !== null) return name
    }
    return null
  } finally {
    await handle.close()
  }
}
