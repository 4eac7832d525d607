import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { readSettings, settingList, settingText, type Settings } from '../preflight/settings.ts'
import { fingerprintOf, toPem } from './certificates.ts'
import { configPaths } from './config-paths.ts'
import { addressBytes, addressText } from './ip-address.ts'
import type { Keystore } from './keystore.ts'
import { readStore } from './pkcs12-read.ts'
import { openKeystore, readSettingsText, whyUnread } from './read-config-file.ts'

interface Asked {
  readonly installation: Installation
  readonly keystorePassword?: Secret | null
  readonly env?: NodeJS.ProcessEnv
}

/** The certificate authority behind a node's HTTPS, and what its own certificate says. */
export interface HttpCa {
  readonly pem: string
  /** SHA-256 of its DER, lower-case hex */
  readonly fingerprint: string
  /** a file that holds it: http_ca.crt wherever that is the same; else where it was found */
  readonly path: string
  /** when the CA ends, ms since 1970 */
  readonly validUntil: number
  /** when the node's certificate ends; null where that could not be read without the keystore's password */
  readonly leafValidUntil: number | null
  /** names and addresses in the node's certificate; empty where that could not be read without the keystore's password */
  readonly sans: readonly string[]
}

/** The passwords of the two PKCS#12 files; null where the keystore holds none. */
export interface StorePasswords {
  readonly http: Secret | null
  readonly transport: Secret | null
}

const http = 'xpack.security.http.ssl'
const transport = 'xpack.security.transport.ssl'

/**
 * The CA of a configured node, from what its settings name: a PKCS#12 store, opened by the password in `elasticsearch.keystore`, or PEM files. Where
 * the keystore is locked, `certs/http_ca.crt` answers. Problems: `http_ca_unknown`, `keystore_…`, `store_…`, `settings_…`.
 */
export async function readHttpCa(asked: Asked): Promise<HttpCa> {
  const { config } = asked.installation
  const { text } = await readSettingsText(configPaths(config).yml)
  const settings = readSettings(text, asked.env ?? process.env)
  if (settingText(settings, `${http}.enabled`) !== 'true') throw problem('http_ca_unknown', { config, why: 'TLS for clients is not switched on' })
  const pem = settingText(settings, `${http}.certificate`)
  if (pem !== null) return fromPem(config, settings, pem)
  const beside = await caBeside(config)
  try {
    return await fromStore(asked, settings, beside)
  } catch (thrown) {
    const locked = thrown instanceof Problem && (thrown.code === 'keystore_locked' || thrown.code === 'store_unsupported')
    if (!locked || beside === null) throw thrown
    return describe(beside.ca, null, beside.path)
  }
}

/** Problems: `keystore_…`. */
export async function readStorePasswords(asked: Asked): Promise<StorePasswords> {
  const keystore = await keystoreOf(asked)
  const password = (layer: string): Secret | null => keystore?.entries.get(`${layer}.keystore.secure_password`)?.text() ?? null
  return { http: password(http), transport: password(transport) }
}

async function fromStore(asked: Asked, settings: Settings, beside: CaBeside | null): Promise<HttpCa> {
  const { config } = asked.installation
  const path = resolve(config, settingText(settings, `${http}.keystore.path`) ?? configPaths(config).http)
  const type = settingText(settings, `${http}.keystore.type`) ?? (/\.(p12|pfx|pkcs12)$/i.test(path) ? 'PKCS12' : 'jks')
  if (type.toUpperCase() !== 'PKCS12') throw problem('store_unsupported', { path, what: 'it is a Java keystore (JKS)' })
  const bytes = await readFile(path).catch((thrown: NodeJS.ErrnoException) => {
    throw problem('http_ca_unknown', { config, why: `${path} cannot be read: ${whyUnread(thrown)}` }, { cause: thrown })
  })
  const keystore = await keystoreOf(asked)
  const inSettings = settingText(settings, `${http}.keystore.password`)
  const password = keystore?.entries.get(`${http}.keystore.secure_password`)?.text() ?? new Secret(inSettings ?? '')
  const store = await readStore(bytes, password, path)
  const certificates = store.certificates.map(({ keyId, certificate }) => ({ keyId, certificate: parse(certificate, path) }))
  const withKeys = new Set(store.keys.map(({ keyId }) => keyId))
  const leaf = certificates.find(({ keyId, certificate }) => keyId !== null && withKeys.has(keyId) && !certificate.ca)?.certificate
  const all = certificates.map(({ certificate }) => certificate)
  const ca = leaf === undefined ? all.find((one) => one.ca) : topOf(leaf, all)
  if (ca === undefined) throw problem('http_ca_unknown', { config, why: `${path} holds no certificate authority` })
  return describe(ca, leaf ?? null, beside !== null && beside.ca.raw.equals(ca.raw) ? beside.path : path)
}

async function fromPem(config: string, settings: Settings, file: string): Promise<HttpCa> {
  const path = resolve(config, file)
  const files = settingList(settings, `${http}.certificate_authorities`).map((one) => resolve(config, one))
  const [chain, ...others] = await Promise.all([path, ...files].map((one) => certificatesIn(one, config)))
  const leaf = chain?.[0]
  if (leaf === undefined) throw problem('http_ca_unknown', { config, why: `${path} holds no certificate` })
  const ca = topOf(leaf, [...(chain ?? []), ...others.flat()])
  if (!signedBy(ca, ca) && !ca.ca) throw problem('http_ca_unknown', { config, why: `the one that signed ${path} is not beside it` })
  const at = others.findIndex((some) => some.some((one) => one.raw.equals(ca.raw)))
  return describe(ca, leaf, files[at] ?? path)
}

function describe(ca: X509Certificate, leaf: X509Certificate | null, path: string): HttpCa {
  return {
    pem: toPem(ca.raw),
    fingerprint: fingerprintOf(ca.raw),
    path,
    validUntil: Date.parse(ca.validTo),
    leafValidUntil: leaf === null ? null : Date.parse(leaf.validTo),
    sans: leaf === null ? [] : namesOf(leaf),
  }
}

/** From a certificate up to the one that nobody here has signed. */
function topOf(from: X509Certificate, among: readonly X509Certificate[]): X509Certificate {
  let top = from
  for (let step = 0; step < among.length; step++) {
    if (signedBy(top, top)) return top
    const above = among.find((one) => !one.raw.equals(top.raw) && signedBy(top, one))
    if (above === undefined) return top
    top = above
  }
  return top
}

function signedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

function namesOf({ subjectAltName }: X509Certificate): string[] {
  const entries = subjectAltName?.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? []
  const names = entries.map((entry) => entry.trim().replace(/^(?:DNS|IP Address):/, '').replace(/^"(.*)"$/, '$1'))
  return names.map((name) => {
    const address = addressBytes(name)
    return address === null ? name : addressText(address)
  })
}

interface CaBeside {
  readonly ca: X509Certificate
  readonly path: string
}

async function caBeside(config: string): Promise<CaBeside | null> {
  const path = configPaths(config).httpCa
  try {
    return { ca: new X509Certificate(await readFile(path)), path }
  } catch {
    return null
  }
}

async function certificatesIn(path: string, config: string): Promise<X509Certificate[]> {
  try {
    const text = await readFile(path, 'latin1')
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
    return blocks.map((block) => new X509Certificate(block))
  } catch (thrown) {
    throw problem('http_ca_unknown', { config, why: `${path} cannot be read as certificates` }, { cause: thrown })
  }
}

function parse(der: Uint8Array, path: string): X509Certificate {
  try {
    return new X509Certificate(der)
  } catch (thrown) {
    throw problem('store_torn', { path, why: 'it holds a certificate that is none' }, { cause: thrown })
  }
}

function keystoreOf({ installation, keystorePassword = null }: Asked): Promise<Keystore | null> {
  return openKeystore(configPaths(installation.config).keystore, installation, keystorePassword)
}
