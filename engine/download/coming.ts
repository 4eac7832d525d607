import type { Readable } from 'node:stream'
import { MiB } from '../../shared/sizes.ts'

const mostQueued = 4 * MiB

/** What comes of a body, taken in from the beginning on. */
export interface Coming {
  /** every chunk that came, and only then what broke it off */
  chunks(): AsyncGenerator<Buffer, void>
  /** leaves the rest */
  drop(): void
}

/**
 * Takes in what comes of a body, as far as somebody reads it. Iterating the stream itself would throw away what it still holds when the line is cut, and that would have to come once more.
 */
export function coming(body: Readable): Coming {
  const queue: Buffer[] = []
  let queued = 0
  let failure: Error | null = null
  let over = false
  let wake = (): void => undefined
  const ending = (cause: Error | null): void => {
    if (!over) failure = cause
    over = true
    wake()
  }
  body.on('data', (chunk: Buffer) => {
    queue.push(chunk)
    queued += chunk.length
    if (queued > mostQueued) body.pause()
    wake()
  })
  body.on('end', () => ending(null))
  body.on('error', (cause: Error) => ending(cause))
  body.on('close', () => ending(null))
  return {
    async *chunks() {
      for (;;) {
        const chunk = queue.shift()
        if (chunk !== undefined) {
          queued -= chunk.length
          if (queued <= mostQueued / 2) body.resume()
          yield chunk
        } else if (!over) await new Promise<void>((resolve) => (wake = resolve))
        else if (failure === null) return
        else throw failure
      }
    },
    drop: () => void body.destroy(),
  }
}
