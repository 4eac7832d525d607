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
