import { X509Certificate, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { readStandingSettings } from '../installation/home-settings.ts'
import { readSettingsText, whyUnread } from '../preflight/settings-file.ts'
import { settingList, settingText, type Settings } from '../preflight/settings.ts'
import { configPaths } from './config-paths.ts'
import { isJks, readJks } from './jks-read.ts'
import type { Keystore } from './keystore.ts'
import { readStore, type Store } from './pkcs12-read.ts'
import { openKeystore } from './read-config-file.ts'

export const httpSsl = 'xpack.security.http.ssl'

/** Whose TLS is read. `given`: settings that stand above `elasticsearch.yml`, as `-E` gives them. `layer`: default http. */
export interface AskedTls {
  readonly installation: Installation
  readonly layer?: 'http' | 'transport'
  readonly keystorePassword?: Secret | null
  readonly env?: NodeJS.ProcessEnv
  readonly given?: Readonly<Record<string, string>>
}

/** A certificate, and the file it was found in. */
export interface FoundCertificate {
  readonly certificate: X509Certificate
  readonly path: string
}

/** What a layer of a node proves itself with. */
export interface HttpTls {
  /** a keystore (PKCS#12 or JKS), or PEM files */
  readonly kind: 'store' | 'pem'
  /** the file that holds the node's own certificate */
  readonly path: string
  /** the node's own certificate; null where there is none in it */
  readonly leaf: X509Certificate | null
  /** all that are named: beside the leaf those above it, and those that are trusted */
  readonly certificates: readonly FoundCertificate[]
  /** those of the keystore whose private key is there as well */
  readonly withKey: readonly X509Certificate[]
  /** of a keystore: the private key of `leaf`, else of the first of `withKey`; null where there is none, and of PEM files */
  readonly key: KeyObject | null
}

/**
 * What `xpack.security.http.ssl` names (or `transport.ssl`), read: a keystore by its content (PKCS#12 or JKS), with the passwords in `elasticsearch.keystore` or in the settings, or PEM files;
 * beside them what is trusted. Problems: `http_ca_unknown` (no TLS, nothing named, a file that cannot be read; of transport `transport_certificates_unknown`), `keystore_…`, `store_…`,
 * `settings_…`.
 */
export async function readHttpTls(asked: AskedTls): Promise<HttpTls> {
  const { config } = asked.installation
  const settings = await settingsOf(asked)
  const ssl = sslOf(asked)
  if (!isTlsOn(settings, asked.layer)) throw unknown(asked, `${ssl}.enabled is not true`)
  const store = settingText(settings, `${ssl}.keystore.path`)
  if (store !== null) return fromStore(asked, settings, resolve(config, store))
  const pem = settingText(settings, `${ssl}.certificate`)
  if (pem !== null) return fromPem(asked, settings, resolve(config, pem))
  throw unknown(asked, `${ssl} sets neither a keystore nor a certificate`)
}

/** Whether the settings turn on TLS of a layer. */
export function isTlsOn(settings: Settings, layer: AskedTls['layer'] = 'http'): boolean {
  return settingText(settings, `${sslOf({ layer })}.enabled`) === 'true'
}

/** A keystore that the settings name, opened, with its passwords: what a renewed one is written by. */
export interface NamedStore {
  readonly path: string
  readonly format: 'pkcs12' | 'jks'
  readonly bytes: Buffer
  readonly password: Secret
  readonly keyPassword: Secret
  readonly store: Store
}

/** The keystore of a layer; null where its certificate is a PEM file, or nothing is named. Problems: as of `readHttpTls`. */
export async function readNamedStore(asked: AskedTls): Promise<NamedStore | null> {
  const settings = await settingsOf(asked)
  const named = settingText(settings, `${sslOf(asked)}.keystore.path`)
  return named === null ? null : (await openNamedStore(asked, settings, resolve(asked.installation.config, named))).named
}

const sslOf = ({ layer = 'http' }: Pick<AskedTls, 'layer'>): string => `xpack.security.${layer}.ssl`

function unknown({ installation: { config }, layer }: AskedTls, why: string, cause?: unknown): Problem {
  const more = cause === undefined ? {} : { cause }
  return layer === 'transport' ? problem('transport_certificates_unknown', { config, why }, more) : problem('http_ca_unknown', { config, why }, more)
}

/** What the node's settings say, with those that were given above them. Problems: `settings_…`. */
export async function settingsOf({ installation, env, given }: AskedTls): Promise<Settings> {
  const { text } = await readSettingsText(configPaths(installation.config).yml)
  return readStandingSettings(installation, text, { env, given })
}

/** Whether these settings let nobody call the node without a certificate (SslClientAuthenticationMode). */
export function requiresCertificate(settings: Settings): boolean {
  return settingText(settings, `${httpSsl}.client_authentication`)?.toLowerCase() === 'required'
}

async function openNamedStore(asked: AskedTls, settings: Settings, path: string): Promise<{ named: NamedStore; keystore: Keystore | null }> {
  // A store that is not there needs no password to say so.
  const bytes = await bytesOf(path, asked)
  const keystore = await openKeystore(configPaths(asked.installation.config).keystore, asked.installation, asked.keystorePassword ?? null)
  const secrets = { settings, keystore, ssl: sslOf(asked) }
  const password = passwordOf(secrets, 'keystore.secure_password', 'keystore.password') ?? new Secret('')
  const keyPassword = passwordOf(secrets, 'keystore.secure_key_password', 'keystore.key_password') ?? password
  const store = await openStore(bytes, { password, keyPassword, path })
  return { named: { path, format: isJks(bytes) ? 'jks' : 'pkcs12', bytes, password, keyPassword, store }, keystore }
}

async function fromStore(asked: AskedTls, settings: Settings, path: string): Promise<HttpTls> {
  const { named: { store }, keystore } = await openNamedStore(asked, settings, path)
  const found = store.certificates.map(({ keyId, certificate }) => ({ keyId, certificate: parse(certificate, path) }))
  const keyIds = new Set(store.keys.map(({ keyId }) => keyId))
  const paired = found.filter(({ keyId }) => keyId !== null && keyIds.has(keyId))
  const own = paired.find(({ certificate }) => !certificate.ca) ?? paired[0]
  const trusted = await trustedBeside(asked, settings, keystore)
  return {
    kind: 'store',
    path,
    leaf: own === undefined || own.certificate.ca ? null : own.certificate,
    certificates: [...found.map(({ certificate }) => ({ certificate, path })), ...trusted],
    withKey: paired.map(({ certificate }) => certificate),
    key: store.keys.find(({ keyId }) => keyId === own?.keyId)?.key ?? null,
  }
}

async function fromPem(asked: AskedTls, settings: Settings, path: string): Promise<HttpTls> {
  const { installation, keystorePassword = null } = asked
  const chain = await certificatesIn(path, asked)
  const leaf = chain[0]
  if (leaf === undefined) throw unknown(asked, `${path} holds no certificate`)
  const truststore = settingText(settings, `${sslOf(asked)}.truststore.path`)
  const keystore = truststore === null ? null : await openKeystore(configPaths(installation.config).keystore, installation, keystorePassword)
  const trusted = await trustedBeside(asked, settings, keystore)
  return { kind: 'pem', path, leaf, certificates: [...chain.map((certificate) => ({ certificate, path })), ...trusted], withKey: [], key: null }
}

/** `certificate_authorities` and the truststore: there an authority stands that its own file does not hold. */
async function trustedBeside(asked: AskedTls, settings: Settings, keystore: Keystore | null): Promise<FoundCertificate[]> {
  const { config } = asked.installation
  const ssl = sslOf(asked)
  const files = settingList(settings, `${ssl}.certificate_authorities`).map((one) => resolve(config, one))
  const authorities = await Promise.all(files.map(async (path) => (await certificatesIn(path, asked)).map((certificate) => ({ certificate, path }))))
  const named = settingText(settings, `${ssl}.truststore.path`)
  if (named === null) return authorities.flat()
  const path = resolve(config, named)
  const password = passwordOf({ settings, keystore, ssl }, 'truststore.secure_password', 'truststore.password') ?? new Secret('')
  const { certificates } = await openStore(await bytesOf(path, asked), { password, keyPassword: password, path })
  return [...authorities.flat(), ...certificates.map(({ certificate }) => ({ certificate: parse(certificate, path), path }))]
}

function openStore(bytes: Buffer, known: { password: Secret; keyPassword: Secret; path: string }): Promise<Store> | Store {
  return isJks(bytes) ? readJks(bytes, known) : readStore(bytes, known.password, known.path, known.keyPassword)
}

/** A password below `ssl`: from `elasticsearch.keystore`, else from the settings; null where neither has it. */
export function passwordOf({ settings, keystore, ssl }: { settings: Settings; keystore: Keystore | null; ssl: string }, secure: string, plain: string): Secret | null {
  const inSettings = settingText(settings, `${ssl}.${plain}`)
  return keystore?.entries.get(`${ssl}.${secure}`)?.text() ?? (inSettings === null ? null : new Secret(inSettings))
}

async function bytesOf(path: string, asked: AskedTls): Promise<Buffer> {
  return readFile(path).catch((thrown: NodeJS.ErrnoException) => {
    throw unknown(asked, `${path} cannot be read: ${whyUnread(thrown)}`, thrown)
  })
}

async function certificatesIn(path: string, asked: AskedTls): Promise<X509Certificate[]> {
  try {
    const text = await readFile(path, 'latin1')
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
    return blocks.map((block) => new X509Certificate(block))
  } catch (thrown) {
    throw unknown(asked, `${path} cannot be read as certificates`, thrown)
  }
}

function parse(der: Uint8Array, path: string): X509Certificate {
  try {
    return new X509Certificate(der)
  } catch (thrown) {
    throw problem('store_torn', { path, why: 'it holds a certificate that is none' }, { cause: thrown })
  }
}
