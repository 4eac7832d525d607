import { createDecipheriv, createHmac, createPrivateKey, pbkdf2, timingSafeEqual, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { contentOf, DerError, members, readAll, readDer, readInteger, readOid, tags, type DerValue } from './der.ts'
import { pkcs12Key, purposes } from './pkcs12-kdf.ts'
import { oids } from './pkcs12-oids.ts'

/** What a store holds. `keyId` (hex) pairs a key with its certificate; `certificate` is DER. */
export interface Store {
  readonly keys: readonly { readonly alias: string | null; readonly keyId: string | null; readonly key: KeyObject }[]
  readonly certificates: readonly StoredCertificate[]
}

export interface StoredCertificate {
  readonly alias: string | null
  readonly keyId: string | null
  readonly certificate: Buffer
  /** a trusted entry of its own, as the JDK marks it */
  readonly trusted: boolean
}

const derive = promisify(pbkdf2)
const mostIterations = 10_000_000

/**
 * Opens a PKCS#12 store, as the JDK (16 and newer) and OpenSSL write it. The MAC is verified first. `keyPassword`: of its private keys, where that is
 * another. Problems: `store_torn`, `store_wrong_password`, `store_wrong_key_password`, `store_unsupported` (other algorithms, no MAC).
 */
export async function readStore(bytes: Uint8Array, password: Secret, path = 'the store', keyPassword = password): Promise<Store> {
  try {
    const safe = await authenticate(bytes, { password, path })
    const bags = await Promise.all(readAll(contentOf(readDer(safe), tags.sequence)).map((content) => bagsOf(content, { password, path })))
    const read = await Promise.all(bags.flat().map((bag) => readBag(bag, { password: keyPassword, path })))
    return {
      keys: read.flatMap((one) => ('key' in one ? [one] : [])),
      certificates: read.flatMap((one) => ('certificate' in one ? [one] : [])),
    }
  } catch (thrown) {
    if (thrown instanceof DerError) throw problem('store_torn', { path, why: `it ${thrown.message}` }, { cause: thrown })
    throw thrown
  }
}

interface With {
  readonly password: Secret
  readonly path: string
}

async function authenticate(bytes: Uint8Array, { password, path }: With): Promise<Buffer> {
  const whole = readDer(bytes)
  if (whole.whole.length !== bytes.length) throw new DerError('goes on after its end')
  const [version, authSafe, macData] = members(whole)
  if (readInteger(version) !== 3) throw new DerError('is not of version 3')
  const [id, content] = members(authSafe)
  if (readOid(id) !== oids.data) throw problem('store_unsupported', { path, what: 'it is signed with a key' })
  const safe = contentOf(readDer(contentOf(content, 0xa0)), tags.octets)
  if (macData === undefined) throw problem('store_unsupported', { path, what: 'it has no checksum' })
  const [digestInfo, salt, rounds] = members(macData)
  const [algorithm, expected] = members(digestInfo)
  const hash = hashes.get(readOid(members(algorithm)[0]))
  if (hash === undefined) throw problem('store_unsupported', { path, what: 'its checksum is of an unknown kind' })
  const key = await pkcs12Key({
    hash,
    password: password.reveal(),
    salt: contentOf(salt, tags.octets),
    iterations: rounds === undefined ? 1 : sensible(readInteger(rounds)),
    purpose: purposes.mac,
    length: hash === 'sha1' ? 20 : 32,
  })
  const mac = createHmac(hash, key).update(safe).digest()
  const wanted = contentOf(expected, tags.octets)
  if (wanted.length !== mac.length || !timingSafeEqual(wanted, mac)) throw problem('store_wrong_password', { path })
  return safe
}

const hashes: ReadonlyMap<string, 'sha1' | 'sha256'> = new Map([
  [oids.sha1, 'sha1'],
  [oids.sha256, 'sha256'],
])

async function bagsOf(contentInfo: DerValue, known: With): Promise<DerValue[]> {
  const [id, wrapped] = members(contentInfo)
  const content = readDer(contentOf(wrapped, 0xa0))
  const kind = readOid(id)
  if (kind === oids.data) return members(readDer(contentOf(content, tags.octets)))
  if (kind !== oids.encryptedData) throw problem('store_unsupported', { path: known.path, what: 'a part of it is encrypted for a key' })
  const [, encrypted] = members(content)
  const [, algorithm, sealed] = members(encrypted)
  return members(readDer(await decrypt(algorithm, sealedOf(sealed), known)))
}

/** OpenSSL may write the sealed bytes in several pieces. */
function sealedOf(value: DerValue | undefined): Buffer {
  if (value?.tag !== 0xa0) return contentOf(value, 0x80)
  return Buffer.concat(readAll(value.content).map((piece) => contentOf(piece, tags.octets)))
}

type ReadBag = Store['keys'][number] | StoredCertificate | { readonly other: true }

async function readBag(bag: DerValue, known: With): Promise<ReadBag> {
  const [id, wrapped, attributes] = members(bag)
  const value = readDer(contentOf(wrapped, 0xa0))
  const about = readAttributes(attributes)
  switch (readOid(id)) {
    case oids.keyBag:
      return { ...about, key: keyOf(value.whole) }
    case oids.shroudedKeyBag: {
      const [algorithm, sealed] = members(value)
      // The checksum was right: so it is not torn, but closed with another password.
      const plain = await decrypt(algorithm, contentOf(sealed, tags.octets), known).catch((thrown: unknown) => {
        throw thrown instanceof DerError ? problem('store_wrong_key_password', { path: known.path }, { cause: thrown }) : thrown
      })
      return { ...about, key: keyOf(plain) }
    }
    case oids.certBag: {
      const [kind, certificate] = members(value)
      if (readOid(kind) !== oids.x509Certificate) return { other: true }
      return { ...about, certificate: contentOf(readDer(contentOf(certificate, 0xa0)), tags.octets) }
    }
    default:
      return { other: true }
  }
}

function readAttributes(set: DerValue | undefined): { alias: string | null; keyId: string | null; trusted: boolean } {
  const known = { alias: null as string | null, keyId: null as string | null, trusted: false }
  for (const attribute of set === undefined ? [] : members(set, tags.set)) {
    const [id, values] = members(attribute)
    const value = members(values, tags.set)[0]
    const kind = readOid(id)
    if (kind === oids.friendlyName) known.alias = Buffer.from(contentOf(value, tags.bmp)).swap16().toString('utf16le')
    else if (kind === oids.localKeyId) known.keyId = contentOf(value, tags.octets).toString('hex')
    else if (kind === oids.trustedKeyUsage) known.trusted = true
  }
  return known
}

function keyOf(pkcs8: Buffer): KeyObject {
  try {
    return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  } catch {
    throw new DerError('holds a private key that is none')
  }
}

const ciphers: ReadonlyMap<string, { name: string; keyBytes: number }> = new Map([
  [oids.aes128, { name: 'aes-128-cbc', keyBytes: 16 }],
  [oids.aes192, { name: 'aes-192-cbc', keyBytes: 24 }],
  [oids.aes256, { name: 'aes-256-cbc', keyBytes: 32 }],
])

const pseudoRandom: ReadonlyMap<string, string> = new Map([
  [oids.hmacSha1, 'sha1'],
  [oids.hmacSha256, 'sha256'],
  [oids.hmacSha384, 'sha384'],
  [oids.hmacSha512, 'sha512'],
])

async function decrypt(algorithm: DerValue | undefined, sealed: Buffer, known: With): Promise<Buffer> {
  const [id, parameters] = members(algorithm)
  const { name, key, iv } = readOid(id) === oids.pbes2 ? await modern(parameters, known) : await old(readOid(id), parameters, known)
  try {
    const decipher = createDecipheriv(name, key, iv)
    return Buffer.concat([decipher.update(sealed), decipher.final()])
  } catch {
    throw new DerError('holds a part that cannot be decrypted')
  }
}

interface Cipher {
  readonly name: string
  readonly key: Buffer
  readonly iv: Buffer
}

async function modern(parameters: DerValue | undefined, { password, path }: With): Promise<Cipher> {
  const [derivation, scheme] = members(parameters)
  const [derivationId, derivationParameters] = members(derivation)
  const [salt, rounds, ...rest] = members(derivationParameters)
  const random = rest.find((one) => one.tag === tags.sequence)
  const hash = pseudoRandom.get(random === undefined ? oids.hmacSha1 : readOid(members(random)[0]))
  const [cipherId, iv] = members(scheme)
  const cipher = ciphers.get(readOid(cipherId))
  if (readOid(derivationId) !== oids.pbkdf2 || hash === undefined || cipher === undefined) throw unknownCipher(path)
  const key = await derive(password.reveal(), contentOf(salt, tags.octets), sensible(readInteger(rounds)), cipher.keyBytes, hash)
  return { name: cipher.name, key, iv: contentOf(iv, tags.octets) }
}

async function old(id: string, parameters: DerValue | undefined, { password, path }: With): Promise<Cipher> {
  if (id !== oids.pbeSha1TripleDes) throw unknownCipher(path)
  const [salt, rounds] = members(parameters)
  const common = { hash: 'sha1', password: password.reveal(), salt: contentOf(salt, tags.octets), iterations: sensible(readInteger(rounds)) } as const
  const [key, iv] = await Promise.all([
    pkcs12Key({ ...common, purpose: purposes.key, length: 24 }),
    pkcs12Key({ ...common, purpose: purposes.iv, length: 8 }),
  ])
  return { name: 'des-ede3-cbc', key, iv }
}

const unknownCipher = (path: string): Error => problem('store_unsupported', { path, what: 'its encryption is of an old or unknown kind' })

/** A torn or hostile file must not keep the machine busy for hours. */
function sensible(iterations: number): number {
  if (iterations < 1 || iterations > mostIterations) throw new DerError('asks for an absurd number of rounds')
  return iterations
}
