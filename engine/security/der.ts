/** One value of DER: its tag byte, what it holds, and the whole of it as it stands. */
export interface DerValue {
  readonly tag: number
  readonly content: Buffer
  readonly whole: Buffer
}

/** Bytes that are no DER of the shape asked for. */
export class DerError extends Error {
  override readonly name = 'DerError'
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** A value with any tag byte; several contents are joined. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

export const sequence = (...values: readonly Uint8Array[]): Buffer => der(tags.sequence, ...values)

/** A SET OF: DER wants its members in the order of their bytes (X.690, 11.6). */
export const setOf = (...values: readonly Uint8Array[]): Buffer => der(tags.set, ...values.toSorted((one, other) => Buffer.compare(one, other)))

export const octets = (content: Uint8Array): Buffer => der(tags.octets, content)
export const bits = (content: Uint8Array, unused = 0): Buffer => der(tags.bits, Buffer.from([unused]), content)
export const nothing = (): Buffer => der(tags.nothing)
export const boolean = (value: boolean): Buffer => der(tags.boolean, Buffer.from([value ? 0xff : 0]))

/** `[number]` around whole values. */
export const explicit = (number: number, ...values: readonly Uint8Array[]): Buffer => der(0xa0 | number, ...values)

/** A number that is not negative, or its big-endian bytes. */
export function integer(value: number | Uint8Array): Buffer {
  if (typeof value === 'number') return integer(bytesOfNumber(value))
  const bytes = Buffer.from(value)
  const start = bytes.findIndex((byte) => byte !== 0)
  const plain = start === -1 ? Buffer.from([0]) : bytes.subarray(start)
  return der(tags.integer, (plain[0] ?? 0) & 0x80 ? Buffer.from([0]) : Buffer.alloc(0), plain)
}

/** An object identifier from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(tags.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** The shortest string type that holds the text, as Java's X500Principal chooses: PrintableString, else UTF8String. */
export function directoryString(text: string): Buffer {
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text) ? der(tags.printable, Buffer.from(text, 'latin1')) : der(tags.utf8, Buffer.from(text, 'utf8'))
}

/** A BMPString: UTF-16, big-endian. */
export const bmp = (text: string): Buffer => der(tags.bmp, Buffer.from(text, 'utf16le').swap16())

/** A time to the second: UTCTime up to 2049, GeneralizedTime after it (RFC 5280, 4.1.2.5). */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  return at.getUTCFullYear() < 2050 ? der(tags.utcTime, Buffer.from(digits.slice(2))) : der(tags.generalizedTime, Buffer.from(digits))
}

/** Reads the first value of `bytes`. Ends with `DerError` where it is torn. */
export function readDer(bytes: Uint8Array): DerValue {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tag = buffer[0]
  const short = buffer[1]
  if (tag === undefined || short === undefined) throw new DerError('ends within a value')
  if ((tag & 0x1f) === 0x1f) throw new DerError('holds a tag of several bytes')
  const extra = short & 0x80 ? short & 0x7f : 0
  if (short === 0x80) throw new DerError('holds a length that is not given')
  if (extra > 4 || buffer.length < 2 + extra) throw new DerError('ends within a length')
  const length = extra === 0 ? short : buffer.readUIntBE(2, extra)
  const start = 2 + extra
  if (buffer.length < start + length) throw new DerError('ends within a value')
  return { tag, content: buffer.subarray(start, start + length), whole: buffer.subarray(0, start + length) }
}

/** Reads the values within `bytes`, one after the other. */
export function readAll(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = []
  let rest = bytes
  while (rest.length > 0) {
    const value = readDer(rest)
    values.push(value)
    rest = rest.subarray(value.whole.length)
  }
  return values
}

/** The members of a value that must have `tag`. */
export function members(value: DerValue | undefined, tag: number = tags.sequence): DerValue[] {
  return readAll(contentOf(value, tag))
}

/** What a value that must have `tag` holds. */
export function contentOf(value: DerValue | undefined, tag: number): Buffer {
  if (value === undefined) throw new DerError('lacks a value')
  if (value.tag !== tag) throw new DerError(`has tag ${value.tag} where ${tag} is expected`)
  return value.content
}

/** The dotted form of an object identifier. */
export function readOid(value: DerValue | undefined): string {
  const bytes = contentOf(value, tags.oid)
  const numbers: number[] = []
  let number = 0
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f)
    if (byte & 0x80) continue
    numbers.push(number)
    number = 0
  }
  const first = numbers.shift() ?? 0
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...numbers].join('.')
}

/** A small whole number. */
export function readInteger(value: DerValue | undefined): number {
  const content = contentOf(value, tags.integer)
  if (content.length === 0 || content.length > 6) throw new DerError('holds a number out of range')
  return content.readIntBE(0, content.length)
}

function bytesOfNumber(number: number): Buffer {
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(number, 0, 6)
  return bytes
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  const plain = bytes.subarray(bytes.findIndex((byte) => byte !== 0))
  return Buffer.concat([Buffer.from([0x80 | plain.length]), plain])
}

function base128(number: number): number[] {
  const bytes = [number % 128]
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift(0x80 | (rest % 128))
  return bytes
}
