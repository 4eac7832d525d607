import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { withCluster } from '../cluster/client.ts'
import { httpsGet } from '../cluster/https-call.ts'
import { openTls } from '../enroll/tls-socket.ts'
import { makeNodeCertificates, toPem } from './certificates.ts'
import { readEnrollmentCa } from './enrollment-ca.ts'
import type { FirstNodePlan } from './first-node.ts'
import { readHttpCa, readStorePasswords, refuseIncomplete, trustingHttpCa } from './http-ca.ts'
import type { NodeKeys } from './keys.ts'
import type { NodeTls } from './node-tls.ts'
import { readKeystore, writeKeystore } from './keystore.ts'
import { SecretBytes } from './secret-bytes.ts'
import { codeOf } from './testing/code-of.ts'
import { configuredConfig } from './testing/configured-config.ts'
import { jksCaFingerprint, jksLeafPem, jksPasswords, jksStores } from './testing/jks-stores.ts'
import { smallKeys } from './testing/small-keys.ts'
import { temporaryConfig, type TemporaryConfig } from './testing/temporary-config.ts'

const homes: TemporaryConfig[] = []
let keys: NodeKeys

beforeAll(async () => {
  keys = await smallKeys()
})
afterEach(async () => {
  await Promise.all(homes.splice(0).map((home) => home.remove()))
})

async function home(yml: string): Promise<TemporaryConfig> {
  const made = await temporaryConfig(yml, '8.13.0')
  homes.push(made)
  return made
}

async function configured(): Promise<TemporaryConfig & { made: FirstNodePlan; keystore: string }> {
  const at = await configuredConfig({ keys, san: ['es.example.org'] })
  homes.push(at)
  return { ...at, keystore: join(at.config, 'elasticsearch.keystore') }
}

async function lock(keystore: string, content: Uint8Array): Promise<Secret> {
  const password = new Secret('locked up')
  await writeFile(keystore, await writeKeystore({ version: 4, entries: (await readKeystore(content)).entries, password }))
  return password
}

const keystoreOf = ({ plan }: FirstNodePlan): Uint8Array => {
  const change = plan.changes.find((one) => one.kind === 'write' && one.path.endsWith('keystore'))
  return change?.kind === 'write' ? change.content : new Uint8Array()
}

test('the CA of a configured node is read with what its own certificate says', async () => {
  const { installation, made, config } = await configured()
  const ca = await readHttpCa({ installation })
  expect(ca).toMatchObject({ pem: made.caPem, fingerprint: made.caFingerprint, path: join(config, 'certs', 'http_ca.crt') })
  expect(ca.sans).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', 'es.example.org']))
  expect(Math.round((ca.validUntil - Date.now()) / 86_400_000)).toBe(1095)
  expect(Math.round(((ca.leafValidUntil ?? 0) - Date.now()) / 86_400_000)).toBe(730)
})

test('without http_ca.crt, or with that of another, the store is where it stands', async () => {
  const { installation, made, config } = await configured()
  const other = await makeNodeCertificates({ keys: await smallKeys(), nodeName: 'n', names: ['localhost'], now: new Date() })
  await writeFile(join(config, 'certs', 'http_ca.crt'), toPem(other.httpCa))
  expect(await readHttpCa({ installation })).toMatchObject({ fingerprint: made.caFingerprint, path: join(config, 'certs', 'http.p12') })
  await rm(join(config, 'certs', 'http_ca.crt'))
  expect(await readHttpCa({ installation })).toMatchObject({ fingerprint: made.caFingerprint, pem: made.caPem })
})

test('who asks with trust takes http_ca.crt where the node proves itself by it, without a look at the keystore', async () => {
  const { installation, made, keystore } = await configured()
  await rm(keystore)
  const trusted: string[] = []
  expect(await trustingHttpCa({ installation }, async ({ caPem }) => trusted.push(caPem))).toBe(1)
  expect(trusted).toEqual([made.caPem])
})

test('who asks with trust takes what the settings name where the node does not prove itself by http_ca.crt, or that is missing', async () => {
  const { installation, made, config } = await configured()
  const other = await makeNodeCertificates({ keys: await smallKeys(), nodeName: 'n', names: ['localhost'], now: new Date() })
  await writeFile(join(config, 'certs', 'http_ca.crt'), toPem(other.httpCa))
  const trusted: string[] = []
  const ask = async ({ caPem }: NodeTls): Promise<string> => {
    trusted.push(caPem)
    if (caPem !== made.caPem) throw problem('certificate_mismatch', { url: 'https://localhost:9200', why: 'self-signed certificate in certificate chain' })
    return 'answered'
  }
  expect(await trustingHttpCa({ installation }, ask)).toBe('answered')
  expect(trusted).toEqual([toPem(other.httpCa), made.caPem])
  await rm(join(config, 'certs', 'http_ca.crt'))
  expect(await trustingHttpCa({ installation }, ask)).toBe('answered')
  expect(trusted.slice(2)).toEqual([made.caPem])
})

test('what a proved node answers is not asked again with another trust', async () => {
  const { installation } = await configured()
  let asked = 0
  const refused = trustingHttpCa({ installation }, async () => {
    asked++
    throw problem('wrong_password', { user: 'elastic' })
  })
  await expect(refused).rejects.toMatchObject({ code: 'wrong_password' })
  expect(asked).toBe(1)
})

test('where the keystore is locked http_ca.crt answers, and the password opens all of it', async () => {
  const { installation, made, keystore, config } = await configured()
  const keystorePassword = await lock(keystore, keystoreOf(made))
  expect(await readHttpCa({ installation })).toMatchObject({ fingerprint: made.caFingerprint, sans: [], leafValidUntil: null })
  expect((await readHttpCa({ installation, keystorePassword })).sans).toContain('localhost')
  expect(await codeOf(() => readHttpCa({ installation, keystorePassword: new Secret('no') }))).toBe('keystore_wrong_password')
  expect(await codeOf(() => readStorePasswords({ installation }))).toBe('keystore_locked')
  await rm(join(config, 'certs', 'http_ca.crt'))
  expect(await codeOf(() => readHttpCa({ installation }))).toBe('keystore_locked')
})

test('the passwords of both stores are given on demand', async () => {
  const { installation } = await configured()
  const { http, transport } = await readStorePasswords({ installation })
  expect([http, transport].map((one) => /^[\w-]{22}$/.test(one?.reveal() ?? ''))).toEqual([true, true])
  expect(http?.reveal()).not.toBe(transport?.reveal())
  expect(await readStorePasswords({ installation: (await home('')).installation })).toEqual({ http: null, transport: null })
})

test('TLS from PEM files is understood as well', async () => {
  const { httpCa, http } = await makeNodeCertificates({ keys, nodeName: 'n', names: ['localhost'], now: new Date() })
  const { fingerprint256 } = new X509Certificate(httpCa)
  const fingerprint = fingerprint256.replaceAll(':', '').toLowerCase()
  const beside = await home('xpack.security.http.ssl: {enabled: true, certificate: node.crt, key: node.key, certificate_authorities: [ca.crt]}\n')
  await writeFile(join(beside.config, 'node.crt'), toPem(http))
  await writeFile(join(beside.config, 'ca.crt'), toPem(httpCa))
  expect(await readHttpCa({ installation: beside.installation })).toMatchObject({ fingerprint, path: join(beside.config, 'ca.crt'), sans: ['localhost'] })
  const chain = await home('xpack.security.http.ssl.enabled: true\nxpack.security.http.ssl.certificate: chain.crt\n')
  await writeFile(join(chain.config, 'chain.crt'), `a comment\n${toPem(http)}${toPem(httpCa)}`)
  expect(await readHttpCa({ installation: chain.installation })).toMatchObject({ fingerprint, path: join(chain.config, 'chain.crt') })
  await writeFile(join(chain.config, 'chain.crt'), toPem(http))
  expect(await codeOf(() => readHttpCa({ installation: chain.installation }))).toBe('http_ca_unknown')
})

test('a JKS store is read by the passwords of elasticsearch.keystore, a key with a password of its own as well', async () => {
  const ssl = 'xpack.security.http.ssl'
  const { installation, config } = await home(`${ssl}: {enabled: true, keystore.path: node.jks}\n`)
  await writeFile(join(config, 'node.jks'), jksStores.otherKeyPassword)
  const entries = new Map([
    [`${ssl}.keystore.secure_password`, SecretBytes.of(new Secret(jksPasswords.store))],
    [`${ssl}.keystore.secure_key_password`, SecretBytes.of(new Secret(jksPasswords.otherKey))],
  ])
  await writeFile(join(config, 'elasticsearch.keystore'), await writeKeystore({ version: 4, entries }))
  expect(await readHttpCa({ installation })).toMatchObject({ fingerprint: jksCaFingerprint, path: join(config, 'node.jks'), sans: ['localhost', '127.0.0.1'] })
  expect(await readEnrollmentCa({ installation })).toBe(jksCaFingerprint)
  expect((await readStorePasswords({ installation })).http?.reveal()).toBe(jksPasswords.store)
})

test('an authority is found in the truststore as well, and settings given above the file count', async () => {
  const ssl = 'xpack.security.http.ssl'
  const { installation, config } = await home(`${ssl}: {enabled: true, certificate: node.crt, truststore: {path: trust.jks, password: ${jksPasswords.trust}}}\n`)
  await writeFile(join(config, 'node.crt'), jksLeafPem)
  await writeFile(join(config, 'trust.jks'), jksStores.trust)
  expect(await readHttpCa({ installation })).toMatchObject({ fingerprint: jksCaFingerprint, path: join(config, 'trust.jks') })
  const given = { [`${ssl}.truststore.path`]: 'other.jks' }
  expect(await codeOf(() => readHttpCa({ installation, given }))).toBe('http_ca_unknown')
})

test('only the authority whose private key lies in the HTTP keystore can enrol: a leaf alone, PEM files, and two of them cannot', async () => {
  const ssl = 'xpack.security.http.ssl'
  const { installation, made } = await configured()
  expect(await readEnrollmentCa({ installation })).toBe(made.caFingerprint)
  const leaf = await home(`${ssl}: {enabled: true, keystore: {path: leaf.jks, password: storepass}}\n`)
  await writeFile(join(leaf.config, 'leaf.jks'), jksStores.leaf)
  expect((await readHttpCa(leaf)).fingerprint).toBe(jksCaFingerprint)
  await expect(readEnrollmentCa(leaf)).rejects.toMatchObject({ code: 'not_auto_configured', message: expect.stringContaining('private key') })
  const pem = await home(`${ssl}: {enabled: true, certificate: node.crt}\n`)
  await writeFile(join(pem.config, 'node.crt'), jksLeafPem)
  await expect(readEnrollmentCa(pem)).rejects.toMatchObject({ code: 'not_auto_configured', message: expect.stringContaining('not from a keystore') })
})

test('TLS without a keystore or a certificate in the settings is not guessed from a file that lies there', async () => {
  const { installation, config } = await configured()
  await writeFile(join(config, 'elasticsearch.yml'), 'xpack.security.http.ssl.enabled: true\n')
  expect(await codeOf(() => readHttpCa({ installation }))).toBe('http_ca_unknown')
})

test('what cannot be read is told by its own code', async () => {
  expect(await codeOf(async () => readHttpCa({ installation: (await home('')).installation }))).toBe('http_ca_unknown')
  const { installation, config, keystore } = await configured()
  const http = join(config, 'certs', 'http.p12')
  await writeFile(http, 'torn')
  expect(await codeOf(() => readHttpCa({ installation }))).toBe('store_torn')
  await rm(http)
  expect(await codeOf(() => readHttpCa({ installation }))).toBe('http_ca_unknown')
  const again = await configured()
  await writeFile(again.keystore, await writeKeystore({ version: 4, entries: new Map() }))
  expect(await codeOf(() => readHttpCa({ installation: again.installation }))).toBe('store_wrong_password')
  await writeFile(keystore, 'torn')
  expect(await codeOf(() => readStorePasswords({ installation }))).toBe('keystore_torn')
  await rm(keystore)
  await rm(join(config, 'certs'), { recursive: true })
  await writeFile(join(config, 'elasticsearch.yml'), 'xpack.security.http.ssl: {enabled: true, keystore: {path: node.jks, password: storepass}}\n')
  expect(await codeOf(() => readHttpCa({ installation }))).toBe('http_ca_unknown')
  await writeFile(join(config, 'node.jks'), jksStores.node)
  expect(await codeOf(() => readHttpCa({ installation }))).toBe('none')
  await writeFile(join(config, 'node.jks'), jksStores.otherKeyPassword)
  expect(await codeOf(() => readHttpCa({ installation }))).toBe('store_wrong_key_password')
})

/** A leaf, and the authority that signed it, which another one signed: as `openssl` makes them. Gives their PEM files' text. */
async function chainInTwoSteps(folder: string): Promise<{ root: string; issuing: string; leaf: string; key: string }> {
  const openssl = (...words: string[]) => promisify(execFile)('openssl', words, { cwd: folder })
  await writeFile(join(folder, 'ca.ext'), 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign,cRLSign\n')
  await writeFile(join(folder, 'leaf.ext'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n')
  await openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'root.key', '-out', 'root.crt', '-subj', '/O=Example/CN=Example Root', '-days', '30')
  for (const [name, by, subject] of [['issuing', 'root', '/O=Example/CN=Example Issuing'], ['leaf', 'issuing', '/CN=es1']] as const) {
    await openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject)
    await openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial', '-out', `${name}.crt`, '-days', '30', '-extfile', name === 'leaf' ? 'leaf.ext' : 'ca.ext')
  }
  const text = (name: string) => readFile(join(folder, name), 'utf8')
  return { root: await text('root.crt'), issuing: await text('issuing.crt'), leaf: await text('leaf.crt'), key: await text('leaf.key') }
}

test('a chain that ends below its root is trusted as the store trusts it, and is not handed out as the CA', async () => {
  const { installation, config } = await home('xpack.security.http.ssl.enabled: true\nxpack.security.http.ssl.certificate: http.crt\nxpack.security.http.ssl.key: http.key\n')
  const { root, issuing, leaf, key } = await chainInTwoSteps(config)
  await writeFile(join(config, 'http.key'), key)
  await writeFile(join(config, 'http.crt'), `${leaf}${issuing}`)
  const ca = await readHttpCa({ installation })
  expect(ca).toMatchObject({ pem: toPem(new X509Certificate(issuing).raw), missingIssuer: 'Example Root' })
  expect(() => refuseIncomplete(ca)).toThrow(expect.objectContaining({ code: 'http_ca_incomplete', message: expect.stringContaining('"Example Root"') as string }))
  await writeFile(join(config, 'http.crt'), `${leaf}${issuing}${root}`)
  const whole = await readHttpCa({ installation })
  expect(whole).toMatchObject({ pem: toPem(new X509Certificate(root).raw), missingIssuer: null })
  expect(() => refuseIncomplete(whole)).not.toThrow()

  const server = createServer({ key, cert: `${leaf}${issuing}` }, (_, response) => void response.writeHead(200, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' }).end('{}'))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const [url, password] = [`https://127.0.0.1:${port}`, new Secret('x')]
  const auth = { user: 'elastic', password }
  for (const { pem: caPem } of [ca, whole]) {
    expect(await withCluster({ url, caPem, auth }, (cluster) => cluster.request({ method: 'GET', path: '/' }))).toEqual({})
    expect(await httpsGet({ url, caPem, timeoutMs: 5000 })).toMatchObject({ status: 200 })
    const socket = await openTls({ peer: { host: '127.0.0.1', port }, caPem, signal: new AbortController().signal, withinMs: 5000 })
    socket.destroy()
  }
  const { made } = await configured()
  await expect(withCluster({ url, caPem: made.caPem, auth }, (cluster) => cluster.request({ method: 'GET', path: '/' }))).rejects.toMatchObject({ code: 'certificate_mismatch' })
})
