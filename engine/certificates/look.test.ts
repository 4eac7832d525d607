import { execFileSync } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import type { Interfaces } from '../network/interfaces.ts'
import { makeNodeCertificates, toPem } from '../security/certificates.ts'
import { readStore } from '../security/pkcs12-read.ts'
import { readStorePasswords } from '../security/http-ca.ts'
import { jksPasswords, jksStores } from '../security/testing/jks-stores.ts'
import { smallKeys } from '../security/testing/small-keys.ts'
import { certificateFindings } from './findings.ts'
import { certificatesOf, lookAtCertificates } from './look.ts'
import { configuredHome, type ConfiguredHome } from './testing/configured-home.ts'

const alone: Interfaces = { lo: [{ address: '127.0.0.1', internal: true }] }
const dayMs = 86_400_000

const at = async (home: ConfiguredHome, interfaces = alone, password: string | null = null) =>
  certificatesOf(await home.inspect(), password === null ? null : new Secret(password), interfaces)

/** What OpenSSL, and not we, reads in a store. */
async function leafByOpenssl(home: ConfiguredHome): Promise<string> {
  const password = (await readStorePasswords({ installation: await home.inspect() })).http?.reveal() ?? ''
  const pem = execFileSync(
    'openssl',
    ['pkcs12', '-in', join(home.config, 'certs', 'http.p12'), '-nokeys', '-clcerts', '-passin', 'stdin'],
    { input: password, stdio: ['pipe', 'pipe', 'ignore'] },
  ).toString()
  const leaf =
    pem
      .match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
      ?.find((one) => !new X509Certificate(one).ca) ?? ''
  return execFileSync('openssl', ['x509', '-noout', '-serial', '-enddate', '-fingerprint', '-sha256'], {
    input: leaf,
  }).toString()
}

test('every certificate of a set-up node is told: both layers and both CAs, with end, serial and fingerprint as OpenSSL says them, and the file', async () => {
  const home = await configuredHome({ san: ['es.example.org'] })
  const { certificates, served, unreadable, findings } = await at(home)
  expect(
    certificates.map(({ layer, role, path, stored }) => [layer, role, path.slice(home.config.length + 1), stored]),
  ).toEqual([
    ['http', 'node', 'certs/http.p12', 'store'],
    ['http', 'authority', 'certs/http_ca.crt', 'pem'],
    ['transport', 'node', 'certs/transport.p12', 'store'],
    ['transport', 'authority', 'certs/transport.p12', 'store'],
  ])
  const [http, ca] = certificates
  expect(http?.names).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', 'es.example.org']))
  expect([http?.issuer, ca?.fingerprint]).toEqual([ca?.subject, home.made.caFingerprint])
  const said = await leafByOpenssl(home)
  expect(said).toContain(`serial=${http?.serial}`)
  expect(Date.parse(/notAfter=(.*)/.exec(said)?.[1] ?? '')).toBe(http?.validUntil)
  expect(/Fingerprint=(.*)/.exec(said)?.[1]?.replaceAll(':', '').toLowerCase()).toBe(http?.fingerprint)
  expect({ served, unreadable, findings }).toEqual({ served: null, unreadable: [], findings: [] })
})

test.each([
  [730 - 59, /expires on \d{4}-\d\d-\d\d, in 58 days/],
  [730 - 1, /in 0 days/],
  [730 + 5, /The HTTP certificate expired on/],
])('a certificate made %d days ago is offered to be renewed from 60 days before its end', async (daysAgo, words) => {
  const { findings } = await at(await configuredHome({ daysAgo }))
  expect(findings).toEqual([
    expect.objectContaining({
      code: 'certificate_ends',
      command: 'renew',
      message: expect.stringMatching(words) as string,
    }),
  ])
})

test('a certificate that ends in more than 60 days is nothing to act on', async () => {
  expect((await at(await configuredHome({ daysAgo: 730 - 61 }))).findings).toEqual([])
})

test('of a CA that has ended both are told, and both are issued again', async () => {
  const { findings } = await at(await configuredHome({ daysAgo: 1096 }))
  expect(findings.map(({ code, command }) => [code, command])).toEqual([
    ['certificate_ends', 'renew --ca'],
    ['certificate_authority_ends', 'renew --ca'],
  ])
})

test('an address that the machine has got since is missing, but for those of containers, of IPv6 and of a node that listens on this machine alone', async () => {
  const home = await configuredHome({ san: ['192.0.2.7'] })
  const moved: Interfaces = {
    ...alone,
    eth0: ['192.0.2.7', '192.0.2.8', '2001:db8::9'].map((address) => ({ address, internal: false })),
    docker0: [{ address: '172.17.0.1', internal: false }],
  }
  const { missingNames, findings } = await at(home, moved)
  expect(missingNames).toEqual(['192.0.2.8'])
  expect(findings).toEqual([
    expect.objectContaining({
      code: 'certificate_names_missing',
      command: 'renew',
      message: expect.stringContaining('192.0.2.8') as string,
    }),
  ])
  const yml = join(home.config, 'elasticsearch.yml')
  const text = await readFile(yml, 'utf8')
  await writeFile(yml, text.replace('http.host: 0.0.0.0', 'http.host: 127.0.0.1'))
  expect((await at(home, moved)).missingNames).toEqual([])
  await writeFile(yml, text.replace('http.host: 0.0.0.0', 'http.host: _eth0_\nhttp.publish_host: es.example.org'))
  expect((await at(home, moved)).missingNames).toEqual(['192.0.2.8', 'es.example.org'])
})

test('a locked keystore is told, and its password opens both layers', async () => {
  const home = await configuredHome({ locked: 'locked up' })
  const without = await at(home)
  expect(without).toMatchObject({
    certificates: [],
    unreadable: [{ code: 'keystore_locked' }],
    findings: [],
  })
  expect((await at(home, alone, 'locked up')).certificates).toHaveLength(4)
})

test('PEM files, JKS stores and certificates of a company are told, and that Firstnode does not renew them', async () => {
  const home = await configuredHome()
  const yml = join(home.config, 'elasticsearch.yml')
  const keys = await smallKeys()
  const made = await makeNodeCertificates({
    keys,
    nodeName: 'n',
    names: ['es.example.org'],
    now: new Date(Date.now() - 720 * dayMs),
  })
  await writeFile(join(home.config, 'http.crt'), `${toPem(made.http)}${toPem(made.httpCa)}`)
  await writeFile(yml, 'xpack.security.http.ssl: {enabled: true, certificate: http.crt, key: http.key}\n')
  const pem = await at(home)
  expect(pem.certificates.map(({ layer, role, stored }) => [layer, role, stored])).toEqual([
    ['http', 'node', 'pem'],
    ['http', 'authority', 'pem'],
  ])
  expect(pem.findings.map(({ code, command }) => [code, command])).toEqual([
    ['certificate_ends', null],
    ['certificate_other_authority', null],
  ])
  await rm(join(home.config, 'elasticsearch.keystore'))
  await writeFile(join(home.config, 'node.jks'), jksStores.node)
  await writeFile(
    yml,
    `xpack.security.http.ssl: {enabled: true, keystore: {path: node.jks, password: ${jksPasswords.store}}}\n`,
  )
  expect((await at(home)).certificates).toMatchObject([
    { subject: 'CN=n1', stored: 'store' },
    { subject: 'CN=A test authority' },
  ])
})

test('transport certificates made by elasticsearch-certutil for three years are told before their end, with what to do', async () => {
  const home = await configuredHome()
  const folder = home.config
  await rm(join(folder, 'elasticsearch.keystore'))
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' })
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=Elastic Certificate Tool Autogenerated CA',
    '-days',
    '1095',
  )
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'node.key', '-out', 'node.csr', '-subj', '/CN=instance')
  openssl(
    'x509',
    '-req',
    '-in',
    'node.csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'node.crt',
    '-days',
    '20',
  )
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    'node.key',
    '-in',
    'node.crt',
    '-certfile',
    'ca.crt',
    '-name',
    'instance',
    '-out',
    'elastic-certificates.p12',
    '-passout',
    'pass:',
  )
  await writeFile(
    join(folder, 'elasticsearch.yml'),
    'xpack.security.transport.ssl: {enabled: true, keystore.path: elastic-certificates.p12, truststore.path: elastic-certificates.p12}\n',
  )
  const { certificates, findings } = await at(home)
  expect(certificates).toMatchObject([
    { layer: 'transport', role: 'node', subject: 'CN=instance' },
    { layer: 'transport', role: 'authority' },
  ])
  expect(findings).toEqual([
    expect.objectContaining({
      code: 'certificate_ends',
      command: null,
      remedy: expect.stringContaining('elasticsearch-certutil cert') as string,
    }),
  ])
})

test('what cannot be read of a layer is told, and the other layer all the same', async () => {
  const home = await configuredHome()
  await writeFile(join(home.config, 'certs', 'transport.p12'), 'torn')
  const { certificates, unreadable } = await at(home)
  expect(certificates.map(({ layer }) => layer)).toEqual(['http', 'http'])
  expect(unreadable).toMatchObject([{ code: 'store_torn' }])
  await writeFile(join(home.config, 'elasticsearch.yml'), 'xpack.security.transport.ssl.enabled: true\n')
  expect(await at(home)).toMatchObject({
    certificates: [],
    unreadable: [{ code: 'transport_certificates_unknown' }],
    findings: [],
  })
})

test('a home without TLS has no certificates, which is no trouble', async () => {
  const home = await configuredHome()
  await writeFile(join(home.config, 'elasticsearch.yml'), '')
  expect(await lookAtCertificates({ home: home.home }, null)).toMatchObject({
    certificates: [],
    served: null,
    unreadable: [],
    findings: [],
    missingNames: [],
  })
})

test('the store that is read holds what a renewal needs', async () => {
  const home = await configuredHome()
  const { http } = await readStorePasswords({ installation: await home.inspect() })
  const store = await readStore(await readFile(join(home.config, 'certs', 'http.p12')), http ?? new Secret(''))
  expect(store.keys.map(({ alias }) => alias)).toEqual(['http_ca', 'http'])
})

test('of a locked keystore the end of what is served is told, with the renewal that asks for the password', () => {
  const now = Date.now()
  const served = { serial: '4A', fingerprint: 'ab', validUntil: now + 5 * dayMs, asOnDisk: null }
  const known = { certificates: [], served, missingNames: [], now, url: 'https://localhost:9200', strayCa: null }
  const of = (node: boolean) => certificateFindings({ ...known, renewable: { node, authority: false } })
  expect(of(true)).toMatchObject([{ code: 'certificate_ends', command: 'renew' }])
  expect(of(false)).toMatchObject([{ code: 'certificate_ends', command: null }])
})
