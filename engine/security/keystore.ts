import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { Problem, problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { ByteReader } from './byte-reader.ts'
import { crc32 } from './crc32.ts'
import { formatOf, newestFormat, oldestFormat } from './keystore-format.ts'
import { SecretBytes } from './secret-bytes.ts'

export type KeystoreEntries = ReadonlyMap<string, SecretBytes>

/** An `elasticsearch.keystore`, opened. */
export interface Keystore {
  /** of the format, 3 to 7 */
  readonly version: number
  readonly hasPassword: boolean
  readonly entries: KeystoreEntries
}

interface Asked {
  readonly password?: Secret | null
  /** for the words of a problem */
  readonly path?: string
  /** the newest version of the format the installation reads */
  readonly newest?: number
}

const header = Buffer.concat([Buffer.from('3fd76c17', 'hex'), Buffer.from([22]), Buffer.from('elasticsearch.keystore', 'latin1')])
const footer = Buffer.from('c02893e800000000', 'hex')
const footerBytes = 16
const saltBytes = 64
const ivBytes = 12
const tagBytes = 16
const derive = promisify(pbkdf2)

/**
 * Opens the bytes of an `elasticsearch.keystore` (versions 3 to 7). A password is only looked at where it has one. Problems:
 * `keystore_torn` (cut off, wrong checksum), `keystore_unknown_version`, `keystore_locked`, `keystore_wrong_password`.
 */
export async function readKeystore(bytes: Uint8Array, { password = null, path = 'elasticsearch.keystore', newest = newestFormat }: Asked = {}): Promise<Keystore> {
  const { version, body } = orTorn(path, () => unwrap(bytes))
  if (version < oldestFormat || version > newest) throw problem('keystore_unknown_version', { path, version, newest })
  const { hasPassword, salt, iv, sealed } = orTorn(path, () => readBody(body, version))
  if (hasPassword && password === null) throw problem('keystore_locked', { path })
  const key = await keyOf(hasPassword ? password : null, salt, version)
  const plain = open(key, { salt, iv, sealed })
  if (plain === null && hasPassword) throw problem('keystore_wrong_password', { path })
  if (plain === null) throw problem('keystore_torn', { path, why: 'what it holds cannot be decrypted' })
  return { version, hasPassword, entries: orTorn(path, () => readEntries(plain, version)) }
}

/** Whether a keystore has a password, and its version, without opening it. Problem: `keystore_torn`. */
export function lookIntoKeystore(bytes: Uint8Array, path = 'elasticsearch.keystore'): Pick<Keystore, 'version' | 'hasPassword'> {
  return orTorn(path, () => {
    const { version, body } = unwrap(bytes)
    return { version, hasPassword: body.at(0) === 1 }
  })
}

/** The bytes of an `elasticsearch.keystore` in `version` of the format; protected where a password is given that is not empty. */
export async function writeKeystore(keystore: { readonly version: number; readonly entries: KeystoreEntries; readonly password?: Secret | null }): Promise<Buffer> {
  const { version, entries, password = null } = keystore
  const { littleEndian } = formatOf(version)
  const salt = randomBytes(saltBytes)
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(cipherOf(version), await keyOf(password, salt, version), iv, { authTagLength: tagBytes }).setAAD(salt)
  const sealed = Buffer.concat([cipher.update(plainOf(entries, version)), cipher.final(), cipher.getAuthTag()])
  const data = Buffer.concat([salt, iv, sealed].flatMap((part) => [int32(part.length, littleEndian), part]))
  const hasPassword = password !== null && password.reveal() !== ''
  const checked = Buffer.concat([header, int32(version), Buffer.from([hasPassword ? 1 : 0]), int32(data.length, littleEndian), data, footer])
  const checksum = Buffer.alloc(8)
  checksum.writeUInt32BE(crc32(checked), 4)
  return Buffer.concat([checked, checksum])
}

function unwrap(bytes: Uint8Array): { version: number; body: Buffer } {
  const reader = new ByteReader(bytes)
  if (!reader.take(header.length).equals(header)) throw new RangeError('it does not begin like a keystore')
  const version = reader.int32()
  const body = reader.take(reader.left - footerBytes)
  if (!reader.take(footer.length).equals(footer)) throw new RangeError('it does not end like a keystore')
  const checksum = reader.take(8)
  if (checksum.readUInt32BE(0) !== 0 || checksum.readUInt32BE(4) !== crc32(bytes.subarray(0, bytes.length - 8))) throw new RangeError('its checksum is wrong')
  return { version, body }
}

interface Sealed {
  readonly salt: Buffer
  readonly iv: Buffer
  readonly sealed: Buffer
}

function readBody(body: Buffer, version: number): Sealed & { hasPassword: boolean } {
  const { littleEndian } = formatOf(version)
  const reader = new ByteReader(body)
  const hasPassword = reader.byte()
  if (hasPassword > 1) throw new RangeError('it does not say whether it has a password')
  const data = new ByteReader(reader.take(reader.int32(littleEndian)))
  const [salt, iv, sealed] = [data.take(data.int32(littleEndian)), data.take(data.int32(littleEndian)), data.take(data.int32(littleEndian))]
  if (salt.length !== saltBytes || iv.length !== ivBytes || sealed.length < tagBytes) throw new RangeError('its parts have the wrong length')
  if (reader.left > 0 || data.left > 0) throw new RangeError('it holds more than its lengths say')
  return { hasPassword: hasPassword === 1, salt, iv, sealed }
}

function open(key: Buffer, { salt, iv, sealed }: Sealed): Buffer | null {
  const decipher = createDecipheriv(key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm', key, iv, { authTagLength: tagBytes })
    .setAAD(salt)
    .setAuthTag(sealed.subarray(-tagBytes))
  const plain = decipher.update(sealed.subarray(0, -tagBytes))
  try {
    return Buffer.concat([plain, decipher.final()])
  } catch {
    return null
  }
}

function readEntries(plain: Buffer, version: number): KeystoreEntries {
  const { typedEntries } = formatOf(version)
  const reader = new ByteReader(plain)
  const entries = new Map<string, SecretBytes>()
  for (let left = reader.int32(); left > 0; left--) {
    const name = reader.take(reader.uint16()).toString('utf8')
    if (typedEntries) reader.take(reader.uint16())
    entries.set(name, new SecretBytes(reader.take(reader.int32())))
  }
  if (reader.left > 0) throw new RangeError('it holds more than its entries')
  return entries
}

function plainOf(entries: KeystoreEntries, version: number): Buffer {
  const { typedEntries } = formatOf(version)
  const parts = [...entries].flatMap(([name, value]) => {
    const bytes = value.reveal()
    return [utf(name), ...(typedEntries ? [utf('STRING')] : []), int32(bytes.length), bytes]
  })
  return Buffer.concat([int32(entries.size), ...parts])
}

const cipherOf = (version: number): 'aes-256-gcm' | 'aes-128-gcm' => (formatOf(version).keyBytes === 32 ? 'aes-256-gcm' : 'aes-128-gcm')

function keyOf(password: Secret | null, salt: Uint8Array, version: number): Promise<Buffer> {
  const { iterations, keyBytes } = formatOf(version)
  return derive(password?.reveal() ?? '', salt, iterations, keyBytes, 'sha512')
}

function int32(value: number, littleEndian = false): Buffer {
  const bytes = Buffer.alloc(4)
  if (littleEndian) bytes.writeInt32LE(value)
  else bytes.writeInt32BE(value)
  return bytes
}

function utf(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

function orTorn<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof Problem || !(thrown instanceof RangeError)) throw thrown
    throw problem('keystore_torn', { path, why: thrown.message })
  }
}
