import { problem, type Problem } from '../shared/problems/problem.ts'
import type { Output } from './io.ts'

/** Writes `text` and waits until the system took it. Rejects where nobody reads any more (EPIPE) or the disk is full. */
export function written(output: Output, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => (error ? reject(error) : resolve()))
  })
}

/** Writes for a reader whose absence changes nothing: progress, hints. */
export function said(output: Output, text: string): void {
  output.write(text, () => undefined)
}

const reasons: Readonly<Record<string, string>> = {
  EPIPE: 'the program that reads it has ended',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is too large',
  EIO: 'input/output error',
  EBADF: 'it is closed',
}

/** Why writing to an output failed, to be put behind a colon. */
export function whyUnwritten(thrown: unknown): string {
  const { code, message } = thrown as NodeJS.ErrnoException
  return (code === undefined ? undefined : reasons[code]) ?? code ?? message
}

/** The problem of a result that could not be written; null where its reader has gone, as `head` does when it has enough. */
export function unwritten(thrown: unknown): Problem | null {
  if ((thrown as NodeJS.ErrnoException).code === 'EPIPE') return null
  return problem('output_failed', { why: whyUnwritten(thrown) }, { cause: thrown })
}
