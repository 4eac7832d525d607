import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { GiB } from '../../shared/sizes.ts'
import { withoutAccount } from './addresses.ts'
import { get, type Answer } from './get.ts'
import { dropPart, keptPart, notePart, type Kept } from './kept-part.ts'
import type { Network } from './network.ts'
import { Unconnected } from '../network/why-unconnected.ts'
import { timedOut } from '../network/within.ts'
import { whyBroken, whyUnfetched } from './why-unfetched.ts'

/** No archive is as long as this. */
const mostBytes = 8 * GiB

export interface Fetching {
  readonly address: string
  /** the file it comes to; what has come of it before is gone on from, where it is still the same there */
  readonly part: string
  readonly network: Network
  readonly signal: AbortSignal
  readonly onBytes: (done: number, total: number | null) => void
  /** asked once it is known how many bytes are still to come; what it throws ends it */
  readonly onLength?: (missing: number) => Promise<void>
  /** ms to wait before each new try after one that brought nothing; as many tries as there are numbers */
  readonly pauses?: readonly number[]
}

/** Less than this is no progress: a connection that gives a few bytes and dies would be tried for ever. */
const leastProgress = 64 * 1024

/**
 * Fetches a file whole. A connection that breaks off is made anew and goes on where it was (Range, with If-Range by a strong ETag or Last-Modified); where the
 * file has changed, or the server heeds no Range, it begins anew. When it gives up, what has come stays at `part` for another time.
 * Problems: `download_broken`, `download_endless`, `download_not_there`, `download_refused`, `download_web_page`, and those of `get`.
 */
export async function fetchFile(fetching: Fetching): Promise<void> {
  const { address, part, signal, pauses = [500, 1000, 2000, 4000, 8000] } = fetching
  const waits = [...pauses]
  // What is dropped and comes once more is no progress, else a server that gives the same again and again would be asked for ever.
  let furthest = (await keptPart(part, address))?.bytes ?? 0
  for (;;) {
    try {
      if (await fetchOnce(fetching)) return
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof BrokenOff)) throw thrown
      const after = (await keptPart(part, address))?.bytes ?? 0
      if (after - furthest >= leastProgress) waits.splice(0, waits.length, ...pauses)
      furthest = Math.max(furthest, after)
      const wait = waits.shift()
      if (wait === undefined) throw after > 0 ? problem('download_broken', { name: nameOf(address), keptBytes: after, why: thrown.message }, { cause: thrown }) : (thrown.cause ?? thrown)
      await pause(wait, undefined, { signal })
    }
  }
}

/** A connection that came to nothing or broke off, and may be made anew. */
class BrokenOff extends Error {}

/** True where the file is whole; false where it has to begin anew. */
async function fetchOnce(fetching: Fetching): Promise<boolean> {
  const { address, part, network, signal } = fetching
  const kept = await keptPart(part, address)
  if (kept !== null && kept.bytes === kept.total) {
    await fetching.onLength?.(0)
    return true
  }
  const headers = kept === null ? {} : { range: `bytes=${kept.bytes}-`, 'if-range': kept.validator }
  const answer = await get(address, { network, signal, headers }).catch((thrown: unknown) => {
    // A name, a proxy or a certificate is not there a second later either; a line that was cut is.
    throw thrown instanceof Problem && kept !== null && (thrown.code === 'download_unreachable' || thrown.code === 'download_proxy') ? new BrokenOff(whyBroken(thrown), { cause: thrown }) : thrown
  })
  try {
    if (kept !== null && answer.status === 416) {
      await dropPart(part)
      return false
    }
    refuseForGood(answer, address)
    const from = startOf(answer, kept)
    if (from === null) {
      // Asked for the whole, it gave a part: it would do so the next time as well.
      if (kept === null) throw problem('download_refused', { address: withoutAccount(address), status: answer.status })
      await dropPart(part)
      return false
    }
    await write(answer, from, fetching)
    return true
  } finally {
    answer.body.drop()
  }
}

/** As `refuse`, but that a server which is out of order for a while may be asked again. */
function refuseForGood(answer: Answer, address: string): void {
  try {
    refuse(answer, address)
  } catch (thrown) {
    throw answer.status >= 500 || answer.status === 429 ? new BrokenOff(`it answers with HTTP ${answer.status}`, { cause: thrown }) : thrown
  }
}

/** Problems: those of an answer that is not the file. */
export function refuse({ status, header }: Answer, address: string): void {
  const shown = withoutAccount(address)
  if (status === 404 || status === 410) throw problem('download_not_there', { address: shown })
  if (status !== 200 && status !== 206) throw problem('download_refused', { address: shown, status })
  if (/^text\/html\b/i.test(header('content-type') ?? '')) throw problem('download_web_page', { address: shown })
}

/** The byte that the answer begins at; null where it is not what was asked for. */
function startOf({ status, header }: Answer, kept: Kept | null): number | null {
  if (status === 200) return 0
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(header('content-range') ?? '') ?? []
  if (kept === null || Number(start) !== kept.bytes || Number(total) !== kept.total) return null
  return kept.bytes
}

async function write(answer: Answer, from: number, fetching: Fetching): Promise<void> {
  const { address, part, onBytes, onLength } = fetching
  const length = Number(answer.header('content-length') ?? Number.NaN)
  const total = Number.isSafeInteger(length) && length > 0 ? from + length : null
  const endless = (): Error => problem('download_endless', { name: nameOf(address), bytes: mostBytes })
  if (total !== null && total > mostBytes) throw endless()
  if (total !== null) await onLength?.(total - from)
  const file = await open(part, from === 0 ? 'w' : 'r+', 0o600)
  let done = from
  try {
    // Once it is empty: what lay there before is none of this.
    if (from === 0) await notePart(part, { address, validator: validatorOf(answer), total })
    onBytes(done, total)
    for await (const chunk of bodyOf(answer, fetching)) {
      if (done + chunk.length > mostBytes) throw endless()
      await writeWhole(file, chunk, done)
      done += chunk.length
      onBytes(done, total)
    }
    if (total !== null && done < total) throw brokenOff(new Unconnected('the connection was cut'), address)
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'download_endless') await dropPart(part)
    throw thrown
  } finally {
    await file.close()
  }
}

/** Chunks as they come; what breaks them off may be tried again. So may one that brings less than `leastProgress` in `withinMs`. */
async function* bodyOf(answer: Answer, { address, network, signal }: Fetching): AsyncGenerator<Buffer> {
  let came = 0
  let tooSlow = false
  const watch = setInterval(() => {
    tooSlow = came < leastProgress
    came = 0
    if (tooSlow) answer.body.drop()
  }, network.withinMs)
  try {
    for await (const chunk of answer.body.chunks()) {
      came += chunk.length
      yield chunk
    }
  } catch (thrown) {
    throw signal.aborted ? thrown : brokenOff(tooSlow ? timedOut() : thrown, address)
  } finally {
    clearInterval(watch)
  }
  if (tooSlow) throw brokenOff(timedOut(), address)
}

function brokenOff(thrown: unknown, address: string): BrokenOff {
  return new BrokenOff(whyBroken(thrown), { cause: whyUnfetched(thrown, new URL(address), null) })
}

async function writeWhole(file: FileHandle, chunk: Buffer, at: number): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written, at + written)
    written += bytesWritten
  }
}

/** What If-Range takes: a strong ETag, else a date. */
function validatorOf({ header }: Answer): string | null {
  const tag = header('etag')
  return tag !== null && /^"[^"]*"$/.test(tag) ? tag : header('last-modified')
}

function nameOf(address: string): string {
  return basename(new URL(address).pathname)
}
