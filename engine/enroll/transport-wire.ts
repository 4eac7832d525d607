import { Unconnected } from '../network/why-unconnected.ts'

/** Messages of Elasticsearch's transport layer (TcpHeader, OutboundMessage, StreamOutput), as far as a handshake needs them. */
export interface TransportMessage {
  readonly id: number
  readonly isError: boolean
  readonly headers: ReadonlyMap<string, string>
  readonly body: WireReader
}

const headerBytes = 23
/** Bytes of an answer that a handshake never reaches. */
const longest = 256 * 1024

/** A request; `version` is the id of the transport version its form follows. A handshake is marked as one. */
export function requestMessage(request: { id: number; version: number; action: string; body: Buffer; handshake?: boolean; headers?: readonly (readonly [string, string])[] }): Buffer {
  const { id, version, action, body, handshake = false, headers = [] } = request
  // Before 8.0 a request named the features of its sender.
  const features = version < 8_000_000 ? [vint(0)] : []
  const variable = Buffer.concat([vint(headers.length), ...headers.flatMap(([name, value]) => [wireString(name), wireString(value)]), vint(0), ...features, wireString(action)])
  const header = Buffer.alloc(headerBytes)
  header.write('ES')
  header.writeInt32BE(headerBytes - 6 + variable.length + body.length, 2)
  header.writeBigInt64BE(BigInt(id), 6)
  header[14] = handshake ? 8 : 0
  header.writeInt32BE(version, 15)
  header.writeInt32BE(variable.length, 19)
  return Buffer.concat([header, variable, body])
}

/** The first whole message in `bytes`, and how long it was; null while it is not whole. Throws where it is none of this layer. */
export function readMessage(bytes: Buffer): { message: TransportMessage; length: number } | null {
  if (bytes.length < 6) return null
  const length = bytes.readInt32BE(2) + 6
  if (bytes.toString('latin1', 0, 2) !== 'ES' || length < headerBytes || length > longest) throw new Unconnected('it does not speak the transport protocol of Elasticsearch')
  if (bytes.length < length) return null
  const status = bytes[14] ?? 0
  const reader = new WireReader(bytes.subarray(headerBytes, length))
  const headers = new Map<string, string>()
  for (let left = reader.vint(); left > 0; left -= 1) headers.set(reader.string(), reader.string())
  for (let left = reader.vint(); left > 0; left -= 1) {
    reader.string()
    for (let values = reader.vint(); values > 0; values -= 1) reader.string()
  }
  return { message: { id: Number(bytes.readBigInt64BE(6)), isError: (status & 2) !== 0, headers, body: reader }, length }
}

/** Seven bits a byte, the lowest first. */
export function vint(value: number): Buffer {
  const bytes: number[] = []
  let left = value
  while (left > 127) {
    bytes.push((left & 127) | 128)
    left >>>= 7
  }
  return Buffer.from([...bytes, left])
}

/** A text of ASCII, its length first. */
export function wireString(text: string): Buffer {
  return Buffer.concat([vint(text.length), Buffer.from(text, 'latin1')])
}

/** Reads what a StreamOutput wrote; throws a RangeError at its end. */
export class WireReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  /** The same bytes from here on, read for a try. */
  fork(): WireReader {
    return new WireReader(this.#bytes.subarray(this.#at))
  }

  byte(): number {
    return this.take(1)[0] ?? 0
  }

  take(count: number): Buffer {
    if (count < 0 || count > this.left) throw new RangeError('a message that ends too early')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  vint(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
    throw new RangeError('a number that does not end')
  }

  /** UTF-16 units, each in one to three bytes; its length counts units. */
  string(): string {
    const units: number[] = []
    for (let left = this.vint(); left > 0; left -= 1) {
      const first = this.byte()
      if (first < 0x80) units.push(first)
      else if (first >> 5 === 6) units.push(((first & 0x1f) << 6) | (this.byte() & 0x3f))
      else units.push(((first & 0x0f) << 12) | ((this.byte() & 0x3f) << 6) | (this.byte() & 0x3f))
    }
    return units.map((unit) => String.fromCharCode(unit)).join('')
  }
}
