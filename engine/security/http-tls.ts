import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
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

/** Whose TLS is read. `given`: settings that stand above `elasticsearch.yml`, as `-E` gives them. */
export interface AskedTls {
  readonly installation: Installation
  readonly keystorePassword?: Secret | null
  readonly env?: NodeJS.ProcessEnv
  readonly given?: Readonly<Record<string, string>>
}

/** A certificate, and the file it was found in. */
export interface FoundCertificate {
  readonly certificate: X509Certificate
  readonly path: string
}

/** What the HTTP layer of a node proves itself with. */
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
}

/**
 * What `xpack.security.http.ssl` names, read: a keystore by its content (PKCS#12 or JKS), with the passwords in `elasticsearch.keystore` or in the settings, or PEM files;
 * beside them what is trusted. Problems: `http_ca_unknown` (no TLS, nothing named, a file that cannot be read), `keystore_…`, `store_…`, `settings_…`.
 */
export async function readHttpTls(asked: AskedTls): Promise<HttpTls> {
  const { config } = asked.installation
  const settings = await settingsOf(asked)
  if (settingText(settings, `${httpSsl}.enabled`) !== 'true') throw problem('http_ca_unknown', { config, why: 'TLS for clients is not switched on' })
  const store = settingText(settings, `${httpSsl}.keystore.path`)
  if (store !== null) return fromStore(asked, settings, resolve(config, store))
  const pem = settingText(settings, `${httpSsl}.certificate`)
  if (pem !== null) return fromPem(asked, settings, resolve(config, pem))
  throw problem('http_ca_unknown', { config, why: `${httpSsl} names neither a keystore nor a certificate` })
}

/** What the node's settings say, with those that were given above them. Problems: `settings_…`. */
export async function settingsOf({ installation, env, given }: AskedTls): Promise<Settings> {
  const { text } = await readSettingsText(configPaths(installation.config).yml)
  return readStandingSettings(installation, text, { env, given })
}

async function fromStore(asked: AskedTls, settings: Settings, path: string): Promise<HttpTls> {
  // A store that is not there needs no password to say so.
  const bytes = await bytesOf(path, asked.installation.config)
  const keystore = await openKeystore(configPaths(asked.installation.config).keystore, asked.installation, asked.keystorePassword ?? null)
  const password = passwordOf(settings, keystore, 'keystore.secure_password', 'keystore.password') ?? new Secret('')
  const keyPassword = passwordOf(settings, keystore, 'keystore.secure_key_password', 'keystore.key_password') ?? password
  const store = await openStore(bytes, { password, keyPassword, path })
  const found = store.certificates.map(({ keyId, certificate }) => ({ keyId, certificate: parse(certificate, path) }))
  const keyIds = new Set(store.keys.map(({ keyId }) => keyId))
  const withKey = found.filter(({ keyId }) => keyId !== null && keyIds.has(keyId)).map(({ certificate }) => certificate)
  const trusted = await trustedBeside(asked.installation.config, settings, keystore)
  const leaf = withKey.find(({ ca }) => !ca) ?? null
  return { kind: 'store', path, leaf, certificates: [...found.map(({ certificate }) => ({ certificate, path })), ...trusted], withKey }
}

async function fromPem({ installation, keystorePassword = null }: AskedTls, settings: Settings, path: string): Promise<HttpTls> {
  const { config } = installation
  const chain = await certificatesIn(path, config)
  const leaf = chain[0]
  if (leaf === undefined) throw problem('http_ca_unknown', { config, why: `${path} holds no certificate` })
  const truststore = settingText(settings, `${httpSsl}.truststore.path`)
  const keystore = truststore === null ? null : await openKeystore(configPaths(config).keystore, installation, keystorePassword)
  const trusted = await trustedBeside(config, settings, keystore)
  return { kind: 'pem', path, leaf, certificates: [...chain.map((certificate) => ({ certificate, path })), ...trusted], withKey: [] }
}

/** `certificate_authorities` and the truststore: there an authority stands that its own file does not hold. */
async function trustedBeside(config: string, settings: Settings, keystore: Keystore | null): Promise<FoundCertificate[]> {
  const files = settingList(settings, `${httpSsl}.certificate_authorities`).map((one) => resolve(config, one))
  const authorities = await Promise.all(files.map(async (path) => (await certificatesIn(path, config)).map((certificate) => ({ certificate, path }))))
  const named = settingText(settings, `${httpSsl}.truststore.path`)
  if (named === null) return authorities.flat()
  const path = resolve(config, named)
  const password = passwordOf(settings, keystore, 'truststore.secure_password', 'truststore.password') ?? new Secret('')
  const { certificates } = await openStore(await bytesOf(path, config), { password, keyPassword: password, path })
  return [...authorities.flat(), ...certificates.map(({ certificate }) => ({ certificate: parse(certificate, path), path }))]
}

function openStore(bytes: Buffer, known: { password: Secret; keyPassword: Secret; path: string }): Promise<Store> | Store {
  return isJks(bytes) ? readJks(bytes, known) : readStore(bytes, known.password, known.path, known.keyPassword)
}

function passwordOf(settings: Settings, keystore: Keystore | null, secure: string, plain: string): Secret | null {
  const inSettings = settingText(settings, `${httpSsl}.${plain}`)
  return keystore?.entries.get(`${httpSsl}.${secure}`)?.text() ?? (inSettings === null ? null : new Secret(inSettings))
}

async function bytesOf(path: string, config: string): Promise<Buffer> {
  return readFile(path).catch((thrown: NodeJS.ErrnoException) => {
    throw problem('http_ca_unknown', { config, why: `${path} cannot be read: ${whyUnread(thrown)}` }, { cause: thrown })
  })
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
