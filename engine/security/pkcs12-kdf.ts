import * as crypto from 'node:crypto'

/** What the derived bytes are for (RFC 7292, B.3). */
export const purposes = { key: 1, iv: 2, mac: 3 } as const

const blockBytes = 64
/** rounds until others get their turn: a few milliseconds */
const breath = 2000

/**
 * The key derivation of PKCS#12 (RFC 7292, appendix B.2), for hashes of 64-byte blocks. Stores still use it for their MAC; Node
 * has none of its own. Gives way to others every few milliseconds.
 */
export async function pkcs12Key(wanted: {
  readonly hash: 'sha1' | 'sha256'
  readonly password: string
  readonly salt: Uint8Array
  readonly iterations: number
  readonly purpose: number
  readonly length: number
}): Promise<Buffer> {
  const { hash, password, salt, iterations, purpose, length } = wanted
  const diversifier = Buffer.alloc(blockBytes, purpose)
  const input = Buffer.concat([fill(salt), fill(Buffer.from(`${password}\0`, 'utf16le').swap16())])
  const parts: Buffer[] = []
  for (let made = 0; made < length; ) {
    let digest = digestOf(hash, Buffer.concat([diversifier, input]))
    for (let round = 1; round < iterations; round++) {
      digest = digestOf(hash, digest)
      if (round % breath === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    parts.push(digest)
    made += digest.length
    for (let at = 0; at < input.length; at += blockBytes) addOneMore(input.subarray(at, at + blockBytes), fill(digest).subarray(0, blockBytes))
  }
  return Buffer.concat(parts).subarray(0, length)
}

/** In one call where Node has it (20.12), in a third of the time. */
const digestOf: (hash: string, data: Uint8Array) => Buffer =
  typeof crypto.hash === 'function' ? (hash, data) => crypto.hash(hash, data, 'buffer') : (hash, data) => crypto.createHash(hash).update(data).digest()

function fill(bytes: Uint8Array): Buffer {
  if (bytes.length === 0) return Buffer.alloc(0)
  const whole = Buffer.alloc(Math.ceil(bytes.length / blockBytes) * blockBytes)
  for (let at = 0; at < whole.length; at++) whole[at] = bytes[at % bytes.length] ?? 0
  return whole
}

/** block = block + addend + 1, modulo 2^512. */
function addOneMore(block: Buffer, addend: Buffer): void {
  let carry = 1
  for (let at = blockBytes - 1; at >= 0; at--) {
    const sum = (block[at] ?? 0) + (addend[at] ?? 0) + carry
    block[at] = sum & 0xff
    carry = sum >> 8
  }
}
