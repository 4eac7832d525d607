/** DevTools that nobody sees: whether they are open. */
export class DevTools {
  readonly #allowed: boolean
  readonly #tell: (event: 'devtools-opened' | 'devtools-closed') => void
  #open = false

  constructor(allowed: boolean, tell: (event: 'devtools-opened' | 'devtools-closed') => void) {
    this.#allowed = allowed
    this.#tell = tell
  }

  get isOpen(): boolean {
    return this.#open
  }

  open(): void {
    if (!this.#allowed || this.#open) return
    this.#open = true
    setImmediate(() => this.#tell('devtools-opened'))
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    setImmediate(() => this.#tell('devtools-closed'))
  }
}
