import { createPublicKey } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { makeNodeCertificates, type NodeCertificates } from './certificates.ts'
import { contentOf, members, readAll, readDer, readInteger, readOid, tags } from './der.ts'
import type { NodeKeys } from './keys.ts'
import { pkcs12Key } from './pkcs12-kdf.ts'
import { oids } from './pkcs12-oids.ts'
import { readStore } from './pkcs12-read.ts'
import { writeStore } from './pkcs12-write.ts'
import { codeOf } from './testing/code-of.ts'
import { smallKeys } from './testing/small-keys.ts'

const password = new Secret('abcdefghijklmnopqrstuv')
let keys: NodeKeys
let certificates: NodeCertificates
let http: Buffer = Buffer.alloc(0)
let transport: Buffer = Buffer.alloc(0)

beforeAll(async () => {
  keys = await smallKeys()
  certificates = await makeNodeCertificates({ keys, nodeName: 'n', names: ['localhost'], now: new Date('2026-01-02T03:04:05Z') })
  const ca = { alias: 'http_ca', key: keys.httpCa.privateKey, chain: [certificates.httpCa], madeAt: 1_700_000_000_000 }
  const own = { alias: 'http', key: keys.http.privateKey, chain: [certificates.http, certificates.httpCa], madeAt: 1_700_000_000_001 }
  http = await writeStore({ keys: [ca, own], trusted: [] }, password)
  const node = { alias: 'transport', key: keys.transport.privateKey, chain: [certificates.transport, certificates.transportCa], madeAt: 1_700_000_000_002 }
  transport = await writeStore({ keys: [node], trusted: [{ alias: 'transport_ca', certificate: certificates.transportCa }] }, password)
})

test('keys and certificates come back, paired and named as the JDK does', async () => {
  const store = await readStore(http, password)
  expect(store.keys.map(({ alias, keyId }) => [alias, Buffer.from(keyId ?? '', 'hex').toString()])).toEqual([
    ['http_ca', 'Time 1700000000000'],
    ['http', 'Time 1700000000001'],
  ])
  expect(createPublicKey(store.keys[1]?.key ?? '').export({ type: 'spki', format: 'der' })).toEqual(keys.http.publicKey.export({ type: 'spki', format: 'der' }))
  expect(store.certificates.map(({ alias, certificate, trusted }) => [alias, certificate.toString('hex'), trusted])).toEqual([
    ['http_ca', certificates.httpCa.toString('hex'), false],
    ['http', certificates.http.toString('hex'), false],
    ['CN=Elasticsearch security auto-configuration HTTP CA', certificates.httpCa.toString('hex'), false],
  ])
})

test('the transport store holds the CA once, trusted, without its key', async () => {
  const store = await readStore(transport, password)
  expect(store.keys.map(({ alias }) => alias)).toEqual(['transport'])
  expect(store.certificates.map(({ alias, trusted }) => [alias, trusted])).toEqual([
    ['transport', false],
    ['transport_ca', true],
  ])
})

test('layout, algorithms and rounds are those of stock', () => {
  const [version, authSafe, mac] = members(readDer(http))
  expect(readInteger(version)).toBe(3)
  const safe = readDer(contentOf(readDer(members(authSafe)[1]?.content ?? Buffer.alloc(0)), tags.octets))
  const [keyPart, certificatePart] = members(safe)
  expect(readOid(members(keyPart)[0])).toBe(oids.data)
  expect(readOid(members(certificatePart)[0])).toBe(oids.encryptedData)
  const encrypted = members(readDer(members(certificatePart)[1]?.content ?? Buffer.alloc(0)))
  const [scheme, parameters] = members(members(encrypted[1])[1])
  expect(readOid(scheme)).toBe('1.2.840.113549.1.5.13')
  const [derivation, cipher] = members(parameters)
  const [salt, rounds, keyLength, random] = members(members(derivation)[1])
  expect([salt?.content.length, readInteger(rounds), readInteger(keyLength), readOid(members(random)[0])]).toEqual([20, 10_000, 32, '1.2.840.113549.2.9'])
  expect(readOid(members(cipher)[0])).toBe('2.16.840.1.101.3.4.1.42')
  const [digest, macSalt, macRounds] = members(mac)
  expect([readOid(members(members(digest)[0])[0]), macSalt?.content.length, readInteger(macRounds)]).toEqual(['2.16.840.1.101.3.4.2.1', 20, 10_000])
  const bags = members(readDer(contentOf(readDer(members(keyPart)[1]?.content ?? Buffer.alloc(0)), tags.octets)))
  expect(bags.map((bag) => readOid(members(bag)[0]))).toEqual([oids.shroudedKeyBag, oids.shroudedKeyBag])
  expect(readAll(http)).toHaveLength(1)
})

test('nothing of a certificate or an alias stands in clear beside the keys', () => {
  expect(http.includes(certificates.http.subarray(100, 140))).toBe(false)
})

test('a wrong password is told from a torn file', async () => {
  expect(await codeOf(() => readStore(http, new Secret('wrong')))).toBe('store_wrong_password')
  expect(await codeOf(() => readStore(Buffer.alloc(0), password))).toBe('store_torn')
  expect(await codeOf(() => readStore(Buffer.from('no store at all'), password))).toBe('store_torn')
})

test('cut off anywhere it is torn, and so it is with something behind its end', async () => {
  for (let length = 0; length < http.length; length++) expect([String(length), await codeOf(() => readStore(http.subarray(0, length), password))]).toEqual([String(length), 'store_torn'])
  expect(await codeOf(() => readStore(Buffer.concat([http, Buffer.alloc(1)]), password))).toBe('store_torn')
})

test('with a byte changed it is a problem, never a crash', async () => {
  for (let at = 0; at < http.length; at += Math.floor(http.length / 12)) {
    const bent = Buffer.from(http)
    bent[at] = (bent[at] ?? 0) ^ 0x04
    expect(['store_torn', 'store_wrong_password', 'store_unsupported']).toContain(await codeOf(() => readStore(bent, password)))
  }
})

test('an empty store without a password can be written and read', async () => {
  const empty = await writeStore({ keys: [], trusted: [] }, new Secret(''))
  expect(await readStore(empty, new Secret(''))).toEqual({ keys: [], certificates: [] })
})

test('the key derivation gives the values others get', async () => {
  // test vectors of BouncyCastle's PKCS#12 generator (SHA-1), in many libraries since
  const salt = Buffer.from('0a58cf64530d823f', 'hex')
  expect((await pkcs12Key({ hash: 'sha1', password: 'smeg', salt, iterations: 1, purpose: 1, length: 24 })).toString('hex')).toBe('8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3')
  expect((await pkcs12Key({ hash: 'sha1', password: 'smeg', salt, iterations: 1, purpose: 2, length: 8 })).toString('hex')).toBe('79993dfe048d3b76')
  const queeg = Buffer.from('05dec959acff72f7', 'hex')
  expect((await pkcs12Key({ hash: 'sha1', password: 'queeg', salt: queeg, iterations: 1000, purpose: 1, length: 24 })).toString('hex')).toBe('ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4')
})
