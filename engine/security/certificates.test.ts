import { X509Certificate } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { fingerprintOf, makeHttpCertificate, makeNodeCertificates, toPem, type NodeCertificates } from './certificates.ts'
import { contentOf, members, readAll, readDer, readOid, tags } from './der.ts'
import type { NodeKeys } from './keys.ts'
import { smallKeys } from './testing/small-keys.ts'

const now = new Date('2026-11-23T23:15:07.500Z')
const names = ['localhost', 'es.example.org', '127.0.0.1', '::1', 'fe80::fc:ff:fe00:1']
let keys: NodeKeys
let made: NodeCertificates

beforeAll(async () => {
  keys = await smallKeys()
  made = await makeNodeCertificates({ keys, nodeName: 'my-node', names, now })
})

/** Extensions in their order: object identifier, critical, value (hex). */
function extensionsOf(der: Uint8Array): { id: string; critical: boolean; value: string }[] {
  const fields = members(members(readDer(der))[0])
  const extensions = members(readAll(contentOf(fields.at(-1), 0xa3))[0])
  return extensions.map((one) => {
    const parts = members(one)
    return { id: readOid(parts[0]), critical: parts.length === 3, value: contentOf(parts.at(-1), tags.octets).toString('hex') }
  })
}

const caName = (layer: string): string => `CN=Elasticsearch security auto-configuration ${layer} CA`

test.each([
  ['transportCa', caName('transport'), caName('transport'), 36_135, ['2.5.29.14', '2.5.29.35', '2.5.29.19!']],
  ['transport', 'CN=my-node', caName('transport'), 36_135, ['2.5.29.14', '2.5.29.35', '2.5.29.19']],
  ['httpCa', caName('HTTP'), caName('HTTP'), 1095, ['2.5.29.14', '2.5.29.35', '2.5.29.19!', '2.5.29.15!']],
  ['http', 'CN=my-node', caName('HTTP'), 730, ['2.5.29.14', '2.5.29.35', '2.5.29.17', '2.5.29.19', '2.5.29.15!', '2.5.29.37']],
] as const)('%s has the subject, issuer, validity and extensions of stock, in its order', (which, subject, issuer, days, extensions) => {
  const certificate = new X509Certificate(made[which])
  expect([certificate.subject, certificate.issuer]).toEqual([subject, issuer])
  expect(Date.parse(certificate.validFrom)).toBe(Date.parse('2026-11-23T23:15:07Z'))
  expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBe(days * 86_400_000)
  expect(extensionsOf(made[which]).map(({ id, critical }) => id + (critical ? '!' : ''))).toEqual(extensions)
})

test('each is signed by its CA, and only by that one', () => {
  const [transportCa, transport, httpCa, http] = [made.transportCa, made.transport, made.httpCa, made.http].map((one) => new X509Certificate(one))
  expect(transport?.checkIssued(transportCa as X509Certificate) && transport.verify(keys.transportCa.publicKey)).toBe(true)
  expect(http?.checkIssued(httpCa as X509Certificate) && http.verify(keys.httpCa.publicKey)).toBe(true)
  expect(http?.verify(keys.transportCa.publicKey)).toBe(false)
  expect([transportCa?.ca, transport?.ca, httpCa?.ca, http?.ca]).toEqual([true, false, true, false])
})

test('usages are for signing certificates, and for a TLS server', () => {
  const valueOf = (which: 'httpCa' | 'http', id: string): string | undefined => extensionsOf(made[which]).find((one) => one.id === id)?.value
  expect(valueOf('httpCa', '2.5.29.15')).toBe('03020106')
  expect(valueOf('http', '2.5.29.15')).toBe('030205a0')
  expect(valueOf('http', '2.5.29.37')).toBe('300a06082b06010505070301')
  expect(valueOf('httpCa', '2.5.29.19')).toBe('30030101ff')
  expect(valueOf('http', '2.5.29.19')).toBe('3000')
})

test('names and addresses stand in the HTTP certificate, and are found there', () => {
  const http = new X509Certificate(made.http)
  expect(http.subjectAltName).toBe('DNS:localhost, DNS:es.example.org, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:FE80:0:0:0:FC:FF:FE00:1')
  expect(http.checkHost('es.example.org')).toBe('es.example.org')
  expect(http.checkIP('::1')).toBe('::1')
  expect(http.checkHost('other.example.org')).toBeUndefined()
})

test('serial numbers have 20 bytes, are positive and differ', async () => {
  const serials = Object.values(made).map((one: Buffer) => new X509Certificate(one).serialNumber)
  expect(serials.every((serial) => /^[4-7][0-9A-F]{39}$/.test(serial))).toBe(true)
  expect(new Set(serials).size).toBe(4)
})

test.each(['a"b', 'a, O=b', 'a\\b', 'a+b=c', '$HOME & co', 'nöde ☃ 1', '😀', 'x'.repeat(255), '#node', 'a;b<c>'])('a node may be called %j', async (nodeName) => {
  const der = await makeHttpCertificate({ key: keys.http.publicKey, issuer: { keys: keys.httpCa }, nodeName, names, now })
  const subject = members(members(readDer(der))[0])[5]
  const attributes = members(members(subject)[0], tags.set)
  expect(attributes).toHaveLength(1)
  expect(members(attributes[0])[1]?.content.toString('utf8')).toBe(nodeName)
  expect(new X509Certificate(der).verify(keys.httpCa.publicKey)).toBe(true)
})

test('PEM has lines of 64 and says the same', () => {
  const pem = toPem(made.httpCa)
  expect(new X509Certificate(pem).raw.equals(made.httpCa)).toBe(true)
  expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\n(?:[A-Za-z0-9+/]{64}\n)+[A-Za-z0-9+/=]{1,64}\n-----END CERTIFICATE-----\n$/)
  expect(fingerprintOf(made.httpCa)).toBe(new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase())
})
