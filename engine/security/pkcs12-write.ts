import { createCipheriv, createHmac, pbkdf2, randomBytes, X509Certificate, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Secret } from '../../shared/secret.ts'
import { bmp, der, explicit, integer, nothing, octets, oid, sequence, setOf } from './der.ts'
import { pkcs12Key, purposes } from './pkcs12-kdf.ts'
import { oids } from './pkcs12-oids.ts'

/** A key with its certificate first and then those above it (DER); `madeAt`, ms since 1970, pairs them, as the JDK does. */
export interface KeyEntry {
  readonly alias: string
  readonly key: KeyObject
  readonly chain: readonly Uint8Array[]
  readonly madeAt: number
}

/** A certificate that is trusted for itself, as DER. */
export interface TrustedEntry {
  readonly alias: string
  readonly certificate: Uint8Array
}

export interface StoreEntries {
  readonly keys: readonly KeyEntry[]
  readonly trusted: readonly TrustedEntry[]
}

const iterations = 10_000
const saltBytes = 20
const derive = promisify(pbkdf2)

/**
 * A PKCS#12 store as the JDK writes it since 16: keys shrouded one by one, certificates encrypted together, both by PBES2
 * (PBKDF2-HMAC-SHA256, 10,000 rounds, AES-256-CBC), the whole under a SHA-256 MAC. A certificate stands in it once. `keyPassword`: of its private keys, where that is another.
 */
export async function writeStore({ keys, trusted }: StoreEntries, password: Secret, keyPassword = password): Promise<Buffer> {
  const keyBags = await Promise.all(
    keys.map(async (entry) => {
      const { algorithm, sealed } = await encrypt(entry.key.export({ type: 'pkcs8', format: 'der' }), keyPassword)
      return bag(oids.shroudedKeyBag, sequence(algorithm, octets(sealed)), pairing(entry))
    }),
  )
  const { algorithm, sealed } = await encrypt(sequence(...certificateBags({ keys, trusted })), password)
  const authenticatedSafe = sequence(
    sequence(oid(oids.data), explicit(0, octets(sequence(...keyBags)))),
    sequence(oid(oids.encryptedData), explicit(0, sequence(integer(0), sequence(oid(oids.data), algorithm, der(0x80, sealed))))),
  )
  return sequence(integer(3), sequence(oid(oids.data), explicit(0, octets(authenticatedSafe))), await macData(authenticatedSafe, password))
}

function certificateBags({ keys, trusted }: StoreEntries): Buffer[] {
  const written = new Set<string>()
  const once = (certificate: Uint8Array, make: () => Buffer): Buffer[] => {
    const id = Buffer.from(certificate).toString('base64')
    if (written.has(id)) return []
    written.add(id)
    return [make()]
  }
  const named = new Set(trusted.map(({ certificate }) => Buffer.from(certificate).toString('base64')))
  const leaves = keys.flatMap((entry) => entry.chain.slice(0, 1).map((leaf) => certificateBag(leaf, pairing(entry))))
  const above = keys.flatMap((entry) => entry.chain.slice(1))
  return [
    ...leaves,
    ...above.filter((one) => !named.has(Buffer.from(one).toString('base64'))).flatMap((one) => once(one, () => certificateBag(one, [friendlyName(subjectOf(one))]))),
    ...trusted.flatMap(({ alias, certificate }) => once(certificate, () => certificateBag(certificate, [friendlyName(alias), trustedForAll]))),
  ]
}

const trustedForAll = attribute(oids.trustedKeyUsage, oid(oids.anyExtendedKeyUsage))
const friendlyName = (alias: string): Buffer => attribute(oids.friendlyName, bmp(alias))

/** What the JDK calls a certificate that stands in a chain. */
const subjectOf = (certificate: Uint8Array): string => new X509Certificate(certificate).subject.split('\n').toReversed().join(',')

function pairing({ alias, madeAt }: KeyEntry): Buffer[] {
  return [friendlyName(alias), attribute(oids.localKeyId, octets(Buffer.from(`Time ${madeAt}`)))]
}

function certificateBag(certificate: Uint8Array, attributes: readonly Buffer[]): Buffer {
  return bag(oids.certBag, sequence(oid(oids.x509Certificate), explicit(0, octets(certificate))), attributes)
}

function bag(id: string, content: Uint8Array, attributes: readonly Buffer[]): Buffer {
  return sequence(oid(id), explicit(0, content), ...(attributes.length === 0 ? [] : [setOf(...attributes)]))
}

function attribute(id: string, value: Uint8Array): Buffer {
  return sequence(oid(id), setOf(value))
}

async function encrypt(plain: Uint8Array, password: Secret): Promise<{ algorithm: Buffer; sealed: Buffer }> {
  const salt = randomBytes(saltBytes)
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', await derive(password.reveal(), salt, iterations, 32, 'sha256'), iv)
  const derivation = sequence(oid(oids.pbkdf2), sequence(octets(salt), integer(iterations), integer(32), sequence(oid(oids.hmacSha256), nothing())))
  return {
    algorithm: sequence(oid(oids.pbes2), sequence(derivation, sequence(oid(oids.aes256), octets(iv)))),
    sealed: Buffer.concat([cipher.update(plain), cipher.final()]),
  }
}

async function macData(content: Uint8Array, password: Secret): Promise<Buffer> {
  const salt = randomBytes(saltBytes)
  const key = await pkcs12Key({ hash: 'sha256', password: password.reveal(), salt, iterations, purpose: purposes.mac, length: 32 })
  const mac = createHmac('sha256', key).update(content).digest()
  return sequence(sequence(sequence(oid(oids.sha256), nothing()), octets(mac)), octets(salt), integer(iterations))
}
