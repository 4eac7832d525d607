import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto'
import { addressBytes } from '../network/ip-address.ts'
import { bits, boolean, der, directoryString, explicit, integer, members, nothing, octets, oid, readDer, sequence, setOf, tags, time } from './der.ts'
import type { KeyPair, NodeKeys } from './keys.ts'

/** The four certificates of a first node, as DER. */
export interface NodeCertificates {
  readonly transportCa: Buffer
  readonly transport: Buffer
  readonly httpCa: Buffer
  readonly http: Buffer
}

/** How long stock makes them valid, in days (AutoConfigureNode). */
export const days = { transport: 36_135, httpCa: 1095, http: 730 }
const transportCaName = 'Elasticsearch security auto-configuration transport CA'
const httpCaName = 'Elasticsearch security auto-configuration HTTP CA'

/**
 * The certificates of a first node: subjects, validity and extensions as Elasticsearch's AutoConfigureNode makes them.
 * `names` are the names and addresses under which HTTPS will be reached. `now` is when they begin to be valid.
 */
export async function makeNodeCertificates(wanted: {
  readonly keys: NodeKeys
  readonly nodeName: string
  readonly names: readonly string[]
  readonly now: Date
}): Promise<NodeCertificates> {
  const { keys, nodeName, names, now } = wanted
  const transportCaIssuer = { name: transportCaName, keys: keys.transportCa }
  const httpCaIssuer = { name: httpCaName, keys: keys.httpCa }
  const [transportCa, transport, httpCa, http] = await Promise.all([
    makeCertificate({ subject: transportCaName, key: keys.transportCa.publicKey, issuer: transportCaIssuer, now, days: days.transport, extensions: [authority] }),
    makeCertificate({ subject: nodeName, key: keys.transport.publicKey, issuer: transportCaIssuer, now, days: days.transport, extensions: [noAuthority] }),
    makeCertificate({
      subject: httpCaName,
      key: keys.httpCa.publicKey,
      issuer: httpCaIssuer,
      now,
      days: days.httpCa,
      extensions: [authority, keyUsage('certSign', 'crlSign')],
    }),
    makeHttpCertificate({ key: keys.http.publicKey, issuer: httpCaIssuer, nodeName, names, now }),
  ])
  return { transportCa, transport, httpCa, http }
}

/** The HTTP certificate of a node, signed by the HTTP CA: also what an enrolled node makes for itself. */
export function makeHttpCertificate(wanted: {
  readonly key: KeyObject
  readonly issuer: { readonly name?: string | Uint8Array; readonly keys: KeyPair }
  readonly nodeName: string
  readonly names: readonly string[]
  readonly now: Date
}): Promise<Buffer> {
  return makeCertificate({
    subject: wanted.nodeName,
    key: wanted.key,
    issuer: { name: wanted.issuer.name ?? httpCaName, keys: wanted.issuer.keys },
    now: wanted.now,
    days: days.http,
    extensions: [alternativeNames(wanted.names), noAuthority, keyUsage('digitalSignature', 'keyEncipherment'), serverAuthentication],
  })
}

/** PEM as stock writes it: lines of 64, a line feed after the last. */
export function toPem(certificate: Uint8Array): string {
  const lines = Buffer.from(certificate).toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** SHA-256 of a certificate's DER, lower-case hex: what Elasticsearch calls the CA fingerprint. */
export function fingerprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex')
}

/** Whether certificates can be signed with this key: RSA, and EC on the curves that TLS knows. */
export function canSign({ asymmetricKeyType }: KeyObject): boolean {
  return asymmetricKeyType === 'rsa' || asymmetricKeyType === 'ec'
}

interface Wanted {
  readonly subject: string
  readonly key: KeyObject
  /** `name`: the common name, or the whole name as DER */
  readonly issuer: { readonly name: string | Uint8Array; readonly keys: KeyPair }
  readonly now: Date
  readonly days: number
  readonly extensions: readonly Buffer[]
}

function makeCertificate({ subject, key, issuer, now, days, extensions }: Wanted): Promise<Buffer> {
  return signCertificate({
    subject: commonName(subject),
    key,
    issuer: { name: typeof issuer.name === 'string' ? commonName(issuer.name) : issuer.name, key: issuer.keys.privateKey },
    from: now,
    until: new Date(wholeSeconds(now).getTime() + days * dayMs),
    extensions: [subjectKey(key), authorityKey(keyIdentifier(issuer.keys.publicKey)), ...extensions],
  })
}

/** A certificate as DER. Names are DER, so that those of other issuers stay as they are; so are the extensions. */
export async function signCertificate(wanted: {
  readonly subject: Uint8Array
  readonly key: KeyObject
  readonly issuer: { readonly name: Uint8Array; readonly key: KeyObject }
  readonly from: Date
  readonly until: Date
  readonly extensions: readonly Uint8Array[]
  /** default: 20 random bytes */
  readonly serial?: Uint8Array
}): Promise<Buffer> {
  const { subject, key, issuer, from, until, extensions, serial = randomBytes(20) } = wanted
  const algorithm = issuer.key.asymmetricKeyType === 'ec' ? sequence(oid(ecdsaWithSha256)) : sequence(oid(rsaWithSha256), nothing())
  const toBeSigned = sequence(
    explicit(0, integer(2)),
    integer(serialNumber(serial)),
    algorithm,
    issuer.name,
    sequence(time(wholeSeconds(from)), time(wholeSeconds(until))),
    subject,
    key.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  )
  return sequence(toBeSigned, algorithm, bits(await signSha256(toBeSigned, issuer.key)))
}

const rsaWithSha256 = '1.2.840.113549.1.1.11'
const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
const dayMs = 86_400_000
const wholeSeconds = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000)

/** 20 bytes, never negative and never shorter, within what RFC 5280 (4.1.2.2) allows. */
function serialNumber(bytes: Uint8Array): Buffer {
  const serial = Buffer.from(bytes.subarray(0, 20))
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}

/** A name of one common name. Its text is taken as it is, however long: neither the JDK nor OpenSSL holds a name to the 64 characters of X.520. */
function commonName(text: string): Buffer {
  return sequence(setOf(sequence(oid('2.5.4.3'), directoryString(text))))
}

export function extension(id: string, value: Uint8Array, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value))
}

const authority = extension('2.5.29.19', sequence(boolean(true)), true)
export const noAuthority = extension('2.5.29.19', sequence())
export const serverAuthentication = extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1')))

export const subjectKey = (key: KeyObject): Buffer => extension('2.5.29.14', octets(keyIdentifier(key)))
/** `identifier`: of the issuer's key, as its own certificate has it */
export const authorityKey = (identifier: Uint8Array): Buffer => extension('2.5.29.35', sequence(der(0x80, identifier)))

/** SHA-1 of the key's bits (RFC 5280, 4.2.1.2, method 1). */
export function keyIdentifier(key: KeyObject): Buffer {
  const [, subjectPublicKey] = members(readDer(key.export({ type: 'spki', format: 'der' })))
  return createHash('sha1').update((subjectPublicKey?.content ?? Buffer.alloc(0)).subarray(1)).digest()
}

const usageBits = { digitalSignature: 0, keyEncipherment: 2, certSign: 5, crlSign: 6 } as const

export function keyUsage(...usages: readonly (keyof typeof usageBits)[]): Buffer {
  const byte = usages.reduce((sum, usage) => sum | (0x80 >> usageBits[usage]), 0)
  const unused = 7 - Math.max(...usages.map((usage) => usageBits[usage]))
  return extension('2.5.29.15', bits(Buffer.from([byte]), unused), true)
}

function alternativeNames(names: readonly string[]): Buffer {
  return extension('2.5.29.17', der(tags.sequence, ...names.map(generalName)))
}

/** A host name or an address as a GeneralName (RFC 5280, 4.2.1.6). */
export function generalName(name: string): Buffer {
  const address = addressBytes(name)
  return address === null ? der(0x82, Buffer.from(name, 'latin1')) : der(0x87, address)
}

function signSha256(data: Uint8Array, key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => sign('sha256', data, key, (error, signature) => (error === null ? resolve(signature) : reject(error))))
}
