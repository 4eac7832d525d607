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
const days = { transport: 36_135, httpCa: 1095, http: 730 }
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

interface Wanted {
  readonly subject: string
  readonly key: KeyObject
  /** `name`: the common name, or the whole name as DER */
  readonly issuer: { readonly name: string | Uint8Array; readonly keys: KeyPair }
  readonly now: Date
  readonly days: number
  readonly extensions: readonly Buffer[]
}

async function makeCertificate({ subject, key, issuer, now, days, extensions }: Wanted): Promise<Buffer> {
  const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nothing())
  const begins = new Date(Math.floor(now.getTime() / 1000) * 1000)
  const ends = new Date(begins.getTime() + days * 86_400_000)
  const toBeSigned = sequence(
    explicit(0, integer(2)),
    integer(serialNumber()),
    algorithm,
    typeof issuer.name === 'string' ? commonName(issuer.name) : issuer.name,
    sequence(time(begins), time(ends)),
    commonName(subject),
    key.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(subjectKey(key), authorityKey(issuer.keys.publicKey), ...extensions)),
  )
  return sequence(toBeSigned, algorithm, bits(await signSha256(toBeSigned, issuer.keys.privateKey)))
}

/** 20 bytes, never negative and never shorter, within what RFC 5280 (4.1.2.2) allows. */
function serialNumber(): Buffer {
  const serial = randomBytes(20)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}

/** A name of one common name. Its text is taken as it is, however long: neither the JDK nor OpenSSL holds a name to the 64 characters of X.520. */
function commonName(text: string): Buffer {
  return sequence(setOf(sequence(oid('2.5.4.3'), directoryString(text))))
}

function extension(id: string, value: Uint8Array, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value))
}

const authority = extension('2.5.29.19', sequence(boolean(true)), true)
const noAuthority = extension('2.5.29.19', sequence())
const serverAuthentication = extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1')))

const subjectKey = (key: KeyObject): Buffer => extension('2.5.29.14', octets(keyIdentifier(key)))
const authorityKey = (key: KeyObject): Buffer => extension('2.5.29.35', sequence(der(0x80, keyIdentifier(key))))

/** SHA-1 of the key's bits (RFC 5280, 4.2.1.2, method 1). */
function keyIdentifier(key: KeyObject): Buffer {
  const [, subjectPublicKey] = members(readDer(key.export({ type: 'spki', format: 'der' })))
  return createHash('sha1').update((subjectPublicKey?.content ?? Buffer.alloc(0)).subarray(1)).digest()
}

const usageBits = { digitalSignature: 0, keyEncipherment: 2, certSign: 5, crlSign: 6 } as const

function keyUsage(...usages: readonly (keyof typeof usageBits)[]): Buffer {
  const byte = usages.reduce((sum, usage) => sum | (0x80 >> usageBits[usage]), 0)
  const unused = 7 - Math.max(...usages.map((usage) => usageBits[usage]))
  return extension('2.5.29.15', bits(Buffer.from([byte]), unused), true)
}

function alternativeNames(names: readonly string[]): Buffer {
  const general = names.map((name) => {
    const address = addressBytes(name)
    return address === null ? der(0x82, Buffer.from(name, 'latin1')) : der(0x87, address)
  })
  return extension('2.5.29.17', der(tags.sequence, ...general))
}

function signSha256(data: Uint8Array, key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => sign('sha256', data, key, (error, signature) => (error === null ? resolve(signature) : reject(error))))
}
