import { constants as flags, open } from 'node:fs/promises'
import { eventOfJson, eventOfText, type LogEvent } from './log-event.ts'

const chunkBytes = 64 * 1024

/**
 * The newest event of a log for which `pick` gives something, looked for from the end back over at most `bytes` of it; what it gave, or null. A log
 * that cannot be read gives null.
 */
export async function lastInLog<T>(path: string, pick: (event: LogEvent) => T | null, bytes = chunkBytes): Promise<T | null> {
  let found: T | null = null
  await eachInLog(
    path,
    (event) => {
      found = pick(event)
      return found === null
    },
    bytes,
  )
  return found
}

/** Gives the events of a log to `see`, the newest first, until that says false, over at most `bytes` from the end. A log that cannot be read has none. */
export async function eachInLog(path: string, see: (event: LogEvent) => boolean, bytes = chunkBytes): Promise<void> {
  const handle = await open(path, flags.O_RDONLY | (flags.O_NONBLOCK ?? 0)).catch(() => null)
  if (handle === null) return
  try {
    const { size } = await handle.stat()
    let rest = Buffer.alloc(0)
    for (let end = size; end > 0 && size - end < bytes; end -= chunkBytes) {
      const start = Math.max(0, end - chunkBytes)
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), { position: start })
      const chunk = Buffer.concat([buffer.subarray(0, bytesRead), rest])
      const firstEnd = start === 0 ? -1 : chunk.indexOf(0x0a)
      if (!eachIn(chunk.subarray(firstEnd + 1).toString('utf8'), see)) return
      // The first line of a chunk goes on in the one before it; one that is longer than a chunk is nobody's event.
      rest = firstEnd === -1 ? Buffer.alloc(0) : Buffer.from(chunk.subarray(0, firstEnd + 1))
    }
  } finally {
    await handle.close()
  }
}

function eachIn(text: string, see: (event: LogEvent) => boolean): boolean {
  for (const line of text.split('\n').toReversed()) {
    const event = eventOfJson(line) ?? eventOfText(line)
    if (event !== null && !see(event)) return false
  }
  return true
}
