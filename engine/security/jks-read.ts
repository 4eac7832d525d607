import { createHash, createPrivateKey, timingSafeEqual, type KeyObject } from 'node:crypto'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { ByteReader } from './byte-reader.ts'
import { contentOf, DerError, members, readDer, readOid, tags } from './der.ts'
import type { Store, StoredCertificate } from './pkcs12-read.ts'

const magic = 0xfeedfeed
const hashBytes = 20
/** mixed into the checksum by the JDK (sun.security.provider.JavaKeyStore) */
const whitener = Buffer.from('Mighty Aphrodite', 'latin1')
const keyProtector = '1.3.6.1.4.1.42.2.17.1.1'
const entryKinds = { key: 1, trusted: 2 } as const

/** Whether these bytes begin as a JKS store does. The JDK tells by them too, whatever `keystore.type` says. */
export function isJks(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && Buffer.from(bytes.subarray(0, 4)).readUInt32BE() === magic
}

/**
 * Opens a JKS store as `keytool -storetype JKS` writes it. Its checksum is verified first, with the password of the store; keys are opened with `keyPassword`. Problems:
 * `store_torn`, `store_wrong_password`, `store_wrong_key_password`, `store_unsupported` (another version, keys of another kind).
 */
export function readJks(bytes: Uint8Array, known: { readonly password: Secret; readonly keyPassword: Secret; readonly path: string }): Store {
  const { path } = known
  try {
    return entriesOf(authenticated(bytes, known), known)
  } catch (thrown) {
    const torn = thrown instanceof RangeError ? thrown.message : thrown instanceof DerError ? `it ${thrown.message}` : null
    if (torn === null) throw thrown
    throw problem('store_torn', { path, why: torn }, { cause: thrown })
  }
}

/** The store without its checksum. A wrong password and a changed byte cannot be told apart. */
function authenticated(bytes: Uint8Array, { password, path }: { password: Secret; path: string }): ByteReader {
  if (bytes.length < 12 + hashBytes) throw new RangeError('it ends too early')
  const content = Buffer.from(bytes.subarray(0, bytes.length - hashBytes))
  const sum = createHash('sha1').update(utf16(password)).update(whitener).update(content).digest()
  if (!timingSafeEqual(sum, Buffer.from(bytes.subarray(bytes.length - hashBytes)))) throw problem('store_wrong_password', { path })
  return new ByteReader(content)
}

function entriesOf(reader: ByteReader, { keyPassword, path }: { keyPassword: Secret; path: string }): Store {
  reader.take(4)
  const version = reader.int32()
  if (version !== 1 && version !== 2) throw problem('store_unsupported', { path, what: `it is JKS of version ${version}` })
  const keys: { alias: string; keyId: string; key: KeyObject }[] = []
  const certificates: StoredCertificate[] = []
  const count = reader.int32()
  for (let index = 0; index < count; index++) {
    const kind = reader.int32()
    const alias = reader.take(reader.uint16()).toString('utf8')
    reader.take(8) // when it was made
    if (kind === entryKinds.trusted) certificates.push({ alias, keyId: null, certificate: certificateIn(reader, version, path), trusted: true })
    else if (kind === entryKinds.key) {
      const keyId = String(index)
      keys.push({ alias, keyId, key: keyIn(reader.take(reader.int32()), keyPassword, path) })
      const length = reader.int32()
      // The first of the chain is the key's own; the others are those above it.
      for (let step = 0; step < length; step++) certificates.push({ alias, keyId: step === 0 ? keyId : null, certificate: certificateIn(reader, version, path), trusted: false })
    } else throw problem('store_unsupported', { path, what: `it holds an entry of kind ${kind}` })
  }
  if (reader.left > 0) throw new RangeError('it goes on after its end')
  return { keys, certificates }
}

function certificateIn(reader: ByteReader, version: number, path: string): Buffer {
  const type = version === 1 ? 'X.509' : reader.take(reader.uint16()).toString('utf8')
  if (type !== 'X.509') throw problem('store_unsupported', { path, what: 'it holds certificates that are not X.509' })
  return reader.take(reader.int32())
}

/** The JDK's own way to close a key (sun.security.provider.KeyProtector): a stream of SHA-1 over the password, and a checksum. */
function keyIn(wrapped: Buffer, password: Secret, path: string): KeyObject {
  const [algorithm, content] = members(readDer(wrapped))
  if (readOid(members(algorithm)[0]) !== keyProtector) throw problem('store_unsupported', { path, what: 'its keys are encrypted in another way than that of JKS' })
  const sealed = contentOf(content, tags.octets)
  if (sealed.length < 2 * hashBytes) throw new RangeError('it holds a key that is cut off')
  const secret = utf16(password)
  const plain = Buffer.from(sealed.subarray(hashBytes, sealed.length - hashBytes))
  let digest = sealed.subarray(0, hashBytes)
  for (let at = 0; at < plain.length; at += hashBytes) {
    digest = createHash('sha1').update(secret).update(digest).digest()
    for (let byte = at; byte < Math.min(at + hashBytes, plain.length); byte++) plain[byte] = (plain[byte] ?? 0) ^ (digest[byte - at] ?? 0)
  }
  const sum = createHash('sha1').update(secret).update(plain).digest()
  if (!timingSafeEqual(sum, sealed.subarray(sealed.length - hashBytes))) throw problem('store_wrong_key_password', { path })
  try {
    return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' })
  } catch {
    throw new DerError('holds a private key that is none')
  }
}

const utf16 = (password: Secret): Buffer => Buffer.from(password.reveal(), 'utf16le').swap16()
