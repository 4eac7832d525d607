import { createPrivateKey, X509Certificate } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { makeNodeCertificates, toPem } from './certificates.ts'
import { readCalledNode, trustingHttpCa } from './http-ca.ts'
import type { NodeKeys } from './keys.ts'
import { writeKeystore } from './keystore.ts'
import type { NodeTls } from './node-tls.ts'
import { SecretBytes } from './secret-bytes.ts'
import { codeOf } from './testing/code-of.ts'
import { configuredConfig } from './testing/configured-config.ts'
import { jksLeafPem, jksStores } from './testing/jks-stores.ts'
import { smallKeys } from './testing/small-keys.ts'
import { temporaryConfig, type TemporaryConfig } from './testing/temporary-config.ts'

const ssl = 'xpack.security.http.ssl'
const homes: TemporaryConfig[] = []
let keys: NodeKeys
let made: Awaited<ReturnType<typeof makeNodeCertificates>>

beforeAll(async () => {
  keys = await smallKeys()
  made = await makeNodeCertificates({ keys, nodeName: 'n', names: ['localhost'], now: new Date() })
})
afterEach(async () => {
  await Promise.all(homes.splice(0).map((home) => home.remove()))
})

async function home(yml: string): Promise<TemporaryConfig> {
  const one = await temporaryConfig(yml, '8.13.0')
  homes.push(one)
  return one
}

/** A home that was set up, with `line` at the end of its settings. */
async function configured(line: string): Promise<TemporaryConfig> {
  const at = await configuredConfig({ keys, line })
  homes.push(at)
  return at
}

/** A home with PEM files, whose key is written like this. */
async function withPem(key: string, ...settings: readonly string[]): Promise<TemporaryConfig> {
  const lines = ['enabled: true', 'certificate: node.crt', 'key: node.key', 'certificate_authorities: [ca.crt]', 'client_authentication: required', ...settings]
  const at = await home(lines.map((line) => `${ssl}.${line}\n`).join(''))
  await writeFile(join(at.config, 'node.crt'), toPem(made.http))
  await writeFile(join(at.config, 'ca.crt'), toPem(made.httpCa))
  await writeFile(join(at.config, 'node.key'), key)
  return at
}

/** Whether the key is that of the first certificate; then the subjects of the chain. */
function shown({ own }: NodeTls): readonly string[] | null {
  if (own === undefined) return null
  const chain = own.cert.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/g)?.map((pem) => new X509Certificate(pem)) ?? []
  expect(chain[0]?.checkPrivateKey(createPrivateKey(own.key.reveal()))).toBe(true)
  return chain.map(({ subject }) => subject.replace(/^[\s\S]*CN=/, ''))
}

const chain = ['node-1', 'Elasticsearch security auto-configuration HTTP CA']

test.each(['required', 'REQUIRED', '"required"'])('a node that requires certificates (%s) is called with its own, and those above it', async (value) => {
  const { installation } = await configured(`${ssl}.client_authentication: ${value}\n`)
  const { tls } = await readCalledNode({ installation })
  expect(shown(tls)).toEqual(chain)
  expect(JSON.stringify(tls)).not.toContain('PRIVATE KEY')
  expect(await trustingHttpCa({ installation }, async (asked) => shown(asked))).toEqual(chain)
})

test.each(['', `${ssl}.client_authentication: none\n`, `${ssl}.client_authentication: optional\n`])('a node that lets clients call it without a certificate is called without one (%j)', async (line) => {
  const { installation } = await configured(line)
  expect(shown((await readCalledNode({ installation })).tls)).toBeNull()
  const given = { [`${ssl}.client_authentication`]: 'required' }
  expect(shown((await readCalledNode({ installation, given })).tls)).toEqual(chain)
})

test('a locked keystore, which has the way to the certificate, is told before the node is called', async () => {
  const { installation, config } = await configured(`${ssl}.client_authentication: required\n`)
  await writeFile(join(config, 'elasticsearch.keystore'), await writeKeystore({ version: 4, entries: new Map(), password: new Secret('locked up') }))
  expect(await codeOf(() => readCalledNode({ installation }))).toBe('keystore_locked')
})

test('a JKS keystore gives its certificate as well', async () => {
  const { installation, config } = await home(`${ssl}: {enabled: true, client_authentication: required, keystore: {path: node.jks, password: storepass}}\n`)
  await writeFile(join(config, 'node.jks'), jksStores.node)
  const { tls } = await readCalledNode({ installation })
  expect(shown(tls)).toHaveLength(2)
  expect(tls.own?.cert.startsWith(jksLeafPem.trim().slice(0, 200))).toBe(true)
})

test.each([
  ['PKCS#8', { type: 'pkcs8', format: 'pem' }],
  ['PKCS#1', { type: 'pkcs1', format: 'pem' }],
] as const)('PEM files give theirs, with a key as %s', async (_, form) => {
  const { installation } = await withPem(String(keys.http.privateKey.export(form)))
  expect(shown((await readCalledNode({ installation })).tls)).toEqual(['n', chain[1]])
})

test('the passphrase of a PEM key is taken from elasticsearch.keystore, or from the settings', async () => {
  const passphrase = 'päss phrase'
  const key = String(keys.http.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }))
  const inSettings = await withPem(key, `key_passphrase: ${passphrase}`)
  expect(shown((await readCalledNode(inSettings)).tls)).toHaveLength(2)
  const secure = await withPem(key)
  await expect(readCalledNode(secure)).rejects.toMatchObject({ code: 'http_key_unreadable', message: expect.stringContaining('node.key') })
  const entries = new Map([[`${ssl}.secure_key_passphrase`, SecretBytes.of(new Secret(passphrase))]])
  await writeFile(join(secure.config, 'elasticsearch.keystore'), await writeKeystore({ version: 4, entries }))
  expect(shown((await readCalledNode(secure)).tls)).toHaveLength(2)
})

test('a private key that is not there is named', async () => {
  const { installation, config } = await withPem('')
  await expect(readCalledNode({ installation })).rejects.toMatchObject({ code: 'http_key_unreadable' })
  await rm(join(config, 'node.key'))
  await expect(readCalledNode({ installation })).rejects.toMatchObject({ code: 'http_key_unreadable', message: expect.stringContaining(join(config, 'node.key')) })
})

test('a keystore without a private key has nothing to present', async () => {
  const { installation, config } = await home(`${ssl}: {enabled: true, client_authentication: required, keystore: {path: trust.jks, password: "trust pässwörd"}}\n`)
  await writeFile(join(config, 'trust.jks'), jksStores.trust)
  expect(shown((await readCalledNode({ installation })).tls)).toBeNull()
})
