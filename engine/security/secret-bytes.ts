import { Secret } from '../../shared/secret.ts'

const inspect = Symbol.for('nodejs.util.inspect.custom')
const mask = '••••'

/** Bytes that must not be printed by accident: what `Secret` is for texts. Only `reveal()` and `text()` let them out. */
export class SecretBytes {
  readonly #bytes: Buffer

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes)
  }

  static of(text: Secret): SecretBytes {
    return new SecretBytes(Buffer.from(text.reveal(), 'utf8'))
  }

  reveal(): Buffer {
    return this.#bytes
  }

  text(): Secret {
    return new Secret(this.#bytes.toString('utf8'))
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
