import type { Output } from '../../cli/io.ts'

/** A terminal of `columns`, as far as progress uses one: what is visible on it after every write, and whether the cursor is shown. */
export class Screen implements Output {
  readonly isTTY = true
  readonly columns: number
  cursorShown = true
  /** the longest line that was ever on it */
  widest = 0
  #lines: string[] = ['']
  #row = 0
  #column = 0

  constructor(columns = 80) {
    this.columns = columns
  }

  get lines(): readonly string[] {
    return this.#lines.map((line) => line.trimEnd())
  }

  write(text: string, written?: (error?: Error | null) => void): boolean {
    // eslint-disable-next-line no-control-regex -- the escape character is what begins a colour
    for (const part of text.match(/\u001b\[[0-9;?]*[A-Za-z]|[^\u001b]/gu) ?? []) this.#take(part)
    queueMicrotask(() => written?.())
    return true
  }

  on(): void {
    // a screen never fails
  }

  #take(part: string): void {
    if (part === '\n') {
      this.#row += 1
      this.#column = 0
      this.#lines[this.#row] ??= ''
    } else if (part === '\r') this.#column = 0
    else if (part === '\u001b[J') this.#lines = [...this.#lines.slice(0, this.#row), this.#lines[this.#row]!.slice(0, this.#column)]
    else if (part === '\u001b[?25l') this.cursorShown = false
    else if (part === '\u001b[?25h') this.cursorShown = true
    else if (!part.startsWith('\u001b')) this.#put(part)
    else if (part.endsWith('A')) this.#row = Math.max(0, this.#row - Number(part.slice(2, -1)))
    else if (!part.endsWith('m')) throw new Error(`the screen does not know ${JSON.stringify(part)}`)
  }

  #put(sign: string): void {
    const line = this.#lines[this.#row] ?? ''
    this.#lines[this.#row] = line.slice(0, this.#column).padEnd(this.#column) + sign + line.slice(this.#column + 1)
    this.#column += 1
    this.widest = Math.max(this.widest, this.#column)
  }
}
