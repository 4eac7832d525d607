const inspect = Symbol.for('nodejs.util.inspect.custom')
const mask = '••••'

/**
 * A text that must not be printed by accident: `String(secret)`, `JSON.stringify(secret)` and `util.inspect(secret)`
 * all give `••••`. Only `reveal()` gives the text, so every place that lets it out can be found by that word.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return mask
  }

  toJSON(): string {
    return mask
  }

  [inspect](): string {
    return mask
  }
}
