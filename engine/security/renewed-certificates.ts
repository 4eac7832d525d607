import { createHash, type X509Certificate, type KeyObject } from 'node:crypto'
import {
  authorityKey,
  days,
  extension,
  generalName,
  keyIdentifier,
  keyUsage,
  noAuthority,
  serverAuthentication,
  signCertificate,
  subjectKey,
} from './certificates.ts'
import { contentOf, members, readAll, readDer, readOid, sequence, tags, type DerValue } from './der.ts'

const oids = { subjectKey: '2.5.29.14', names: '2.5.29.17', extendedUsage: '2.5.29.37' } as const
const dayMs = 86_400_000

/**
 * A new certificate of a node for a new key, as DER: the subject, the names and the purposes of `old`, and `names`
 * beside them; issued by `ca`, valid until `nodeCertificateEnds`. Whatever kind of name `old` has stays.
 */
export function renewNodeCertificate(wanted: {
  readonly old: X509Certificate
  readonly key: KeyObject
  readonly names: readonly string[]
  readonly ca: X509Certificate
  readonly caKey: KeyObject
  readonly now: Date
}): Promise<Buffer> {
  const { old, key, names, ca, caKey, now } = wanted
  const before = partsOf(old)
  const general = before.extension(oids.names)
  const kept = general === null ? [] : members(readDer(valueOf(general))).map(({ whole }) => whole)
  const added = names.map(generalName).filter((name) => !kept.some((one) => one.equals(name)))
  return signCertificate({
    subject: before.subject,
    key,
    issuer: { name: partsOf(ca).subject, key: caKey },
    from: now,
    until: nodeCertificateEnds(ca, now),
    extensions: [
      subjectKey(key),
      authorityKey(identifierOf(ca)),
      extension(oids.names, sequence(...kept, ...added)),
      noAuthority,
      keyUsage('digitalSignature', 'keyEncipherment'),
      before.extension(oids.extendedUsage)?.whole ?? serverAuthentication,
    ],
  })
}

/**
 * When a node certificate that `ca` issues at `now` ends: after two years as with stock, and no later than `ca`
 * itself.
 */
export function nodeCertificateEnds(ca: X509Certificate, now: Date): Date {
  return new Date(Math.min(now.getTime() + days.http * dayMs, Date.parse(ca.validTo)))
}

/**
 * The certificate of a CA issued again, as DER: the same key, subject and extensions (so also the same key
 * identifier), three years longer, and longer still where that is less than two years from now. What `old` has signed
 * is accepted by this one, and the other way round, unless a certificate names its issuer by a serial number, which
 * the caller sees to. Nothing in it is random, and an RSA signature is not either: every node of a cluster that does
 * this makes the same certificate, with the same fingerprint.
 */
export function reissueAuthority({
  old,
  key,
  now,
}: {
  readonly old: X509Certificate
  readonly key: KeyObject
  readonly now: Date
}): Promise<Buffer> {
  const before = partsOf(old)
  const step = days.httpCa * dayMs
  const least = now.getTime() + days.http * dayMs
  const ended = Date.parse(old.validTo)
  const until = new Date(ended + step * Math.max(1, Math.ceil((least - ended) / step)))
  return signCertificate({
    subject: before.subject,
    key: old.publicKey,
    issuer: { name: before.subject, key },
    from: new Date(old.validFrom),
    until,
    extensions: before.extensions.map(({ whole }) => whole),
    serial: createHash('sha256').update(old.raw).update(until.toISOString()).digest(),
  })
}

/** The key identifier that a CA has in its certificate; of one without, what RFC 5280 makes of its key. */
function identifierOf(ca: X509Certificate): Buffer {
  const own = partsOf(ca).extension(oids.subjectKey)
  return own === null ? keyIdentifier(ca.publicKey) : contentOf(readDer(valueOf(own)), tags.octets)
}

interface Parts {
  readonly subject: Buffer
  readonly extensions: readonly DerValue[]
  extension(id: string): DerValue | null
}

function partsOf(certificate: X509Certificate): Parts {
  const [toBeSigned] = members(readDer(certificate.raw))
  const fields = members(toBeSigned)
  // Those of version 1 begin with the serial number.
  const subject = fields[fields[0]?.tag === 0xa0 ? 5 : 4]
  if (subject === undefined) throw new Error('a certificate without a subject')
  const last = fields.find(({ tag }) => tag === 0xa3)
  const extensions = last === undefined ? [] : members(readAll(last.content)[0])
  return {
    subject: subject.whole,
    extensions,
    extension: (id) => extensions.find((one) => readOid(members(one)[0]) === id) ?? null,
  }
}

function valueOf(extensionValue: DerValue): Buffer {
  return contentOf(members(extensionValue).at(-1), tags.octets)
}
