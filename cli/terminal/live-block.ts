import type { Output } from '../io.ts'
import { said } from '../output.ts'

const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'

/** A few lines at the bottom of a terminal that are drawn again and again; what is kept scrolls away above them. */
export class LiveBlock {
  readonly #output: Output
  #lines = 0

  constructor(output: Output) {
    this.#output = output
  }

  /** Columns that a line may take without being broken by the terminal; read anew because windows are resized. */
  get columns(): number {
    return Math.max(20, (this.#output.columns ?? 80) - 1)
  }

  /** Draws `live` (lines of at most `columns`), after writing the lines of `kept` for good. */
  draw(live: readonly string[], kept: readonly string[] = []): void {
    said(this.#output, hideCursor + this.#erase() + kept.map((line) => `${line}\n`).join('') + live.join('\n'))
    this.#lines = live.length
  }

  /** Takes the live lines away and gives the cursor back. */
  end(): void {
    said(this.#output, this.#erase() + showCursor)
    this.#lines = 0
  }

  #erase(): string {
    if (this.#lines === 0) return ''
    return `\r${this.#lines > 1 ? `\u001b[${this.#lines - 1}A` : ''}\u001b[J`
  }
}
