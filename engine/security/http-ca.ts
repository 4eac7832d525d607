import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { settingText } from '../preflight/settings.ts'
import { fingerprintOf, toPem } from './certificates.ts'
import { chainFrom, signedBy } from './chain.ts'
import { configPaths } from './config-paths.ts'
import { httpSsl, readHttpTls, requiresCertificate, settingsOf, type AskedTls, type HttpTls } from './http-tls.ts'
import { addressBytes, addressText } from '../network/ip-address.ts'
import type { NodeTls } from './node-tls.ts'
import { readOwnCertificate } from './own-certificate.ts'
import { openKeystore } from './read-config-file.ts'

/** The certificate authority behind a node's HTTPS, and what its own certificate says. */
export interface HttpCa {
  readonly pem: string
  /** SHA-256 of its DER, lower-case hex */
  readonly fingerprint: string
  /** a file that holds it: http_ca.crt wherever that is the same; else where it was found */
  readonly path: string
  /** who signed it, where that is another authority whose certificate is not there: JavaScript and Python then refuse it as the CA; null for a root */
  readonly missingIssuer: string | null
  /** when the CA ends, ms since 1970 */
  readonly validUntil: number
  /** when the node's certificate ends; null where that could not be read without the keystore's password */
  readonly leafValidUntil: number | null
  /** names and addresses in the node's certificate; empty where that could not be read without the keystore's password */
  readonly sans: readonly string[]
}

/** The passwords of the stores of both layers; null where neither the keystore nor the settings hold one. */
export interface StorePasswords {
  readonly http: Secret | null
  readonly transport: Secret | null
}

/**
 * The CA of a configured node, from what its settings name: a PKCS#12 or JKS store, opened by the password in `elasticsearch.keystore`, or PEM files. Where
 * the keystore is locked, `certs/http_ca.crt` answers. Problems: `http_ca_unknown`, `keystore_…`, `store_…`, `settings_…`.
 */
export async function readHttpCa(asked: AskedTls): Promise<HttpCa> {
  const { config } = asked.installation
  const beside = await caBeside(config)
  try {
    return httpCaOf(await readHttpTls(asked), config, beside)
  } catch (thrown) {
    const locked = thrown instanceof Problem && (thrown.code === 'keystore_locked' || thrown.code === 'store_unsupported')
    if (!locked || beside === null) throw thrown
    return describe(beside.ca, null, beside.path)
  }
}

/** The CA of a node, and how the node is called. */
export interface CalledNode {
  readonly ca: HttpCa
  readonly tls: NodeTls
}

/**
 * The CA of a configured node, and how it is called: as Elasticsearch's own tools do, with its own HTTP certificate where it requires one of its clients. Then a locked
 * keystore is a problem in any case. Problems: those of `readHttpCa` and of `readOwnCertificate`.
 */
export async function readCalledNode(asked: AskedTls): Promise<CalledNode> {
  if (!requiresCertificate(await settingsOf(asked))) {
    const ca = await readHttpCa(asked)
    return { ca, tls: { caPem: ca.pem } }
  }
  const { config } = asked.installation
  const read = await readHttpTls(asked)
  const ca = httpCaOf(read, config, await caBeside(config))
  return { ca, tls: { caPem: ca.pem, own: await readOwnCertificate(asked, read) } }
}

/**
 * Does `ask` trusting the CA in `certs/http_ca.crt`, and where that is missing, or the node does not prove itself by it, or requires a certificate, by what `readCalledNode` gives. The first is
 * there at once; the other takes the key of the keystore to be derived, longer than what is asked then. `ask` ends with `certificate_…` before it has sent anything. Problems: its own, those of
 * `readCalledNode`.
 */
export async function trustingHttpCa<T>(asked: AskedTls, ask: (tls: NodeTls) => Promise<T>): Promise<T> {
  const beside = requiresCertificate(await settingsOf(asked)) ? null : await caBeside(asked.installation.config)
  if (beside !== null) {
    try {
      return await ask({ caPem: toPem(beside.ca.raw) })
    } catch (thrown) {
      if (!(thrown instanceof Problem) || !thrown.code.startsWith('certificate_')) throw thrown
    }
  }
  return ask((await readCalledNode(asked)).tls)
}

/** Refuses to hand out as the CA what clients would not accept as one. Problem: `http_ca_incomplete`. */
export function refuseIncomplete({ path, missingIssuer }: Pick<HttpCa, 'path' | 'missingIssuer'>): void {
  if (missingIssuer !== null) throw problem('http_ca_incomplete', { path, missing: missingIssuer })
}

/** Problems: `keystore_…`, `settings_…`. */
export async function readStorePasswords(asked: AskedTls): Promise<StorePasswords> {
  const { installation, keystorePassword = null } = asked
  const settings = await settingsOf(asked)
  const keystore = await openKeystore(configPaths(installation.config).keystore, installation, keystorePassword)
  const password = (layer: string): Secret | null => {
    const inSettings = settingText(settings, `${layer}.keystore.password`)
    return keystore?.entries.get(`${layer}.keystore.secure_password`)?.text() ?? (inSettings === null ? null : new Secret(inSettings))
  }
  return { http: password(httpSsl), transport: password('xpack.security.transport.ssl') }
}

function httpCaOf({ leaf, certificates, path }: HttpTls, config: string, beside: CaBeside | null): HttpCa {
  const all = certificates.map(({ certificate }) => certificate)
  const ca = leaf === null ? all.find((one) => one.ca) : chainFrom(leaf, all).at(-1)
  if (ca === undefined) throw problem('http_ca_unknown', { config, why: `${path} holds no certificate authority` })
  if (!signedBy(ca, ca) && !ca.ca) throw problem('http_ca_unknown', { config, why: `the one that signed ${path} is not beside it` })
  const where = beside !== null && beside.ca.raw.equals(ca.raw) ? beside.path : certificates.findLast(({ certificate }) => certificate.raw.equals(ca.raw))?.path
  return describe(ca, leaf, where ?? path)
}

function describe(ca: X509Certificate, leaf: X509Certificate | null, path: string): HttpCa {
  return {
    pem: toPem(ca.raw),
    fingerprint: fingerprintOf(ca.raw),
    path,
    missingIssuer: signedBy(ca, ca) ? null : nameIn(ca.issuer),
    validUntil: Date.parse(ca.validTo),
    leafValidUntil: leaf === null ? null : Date.parse(leaf.validTo),
    sans: leaf === null ? [] : namesOf(leaf),
  }
}

/** The common name in a distinguished name as Node writes it, else all of it in one line. */
export function nameIn(distinguished: string): string {
  return /^CN=(.*)$/m.exec(distinguished)?.[1] ?? distinguished.replaceAll('\n', ', ')
}

/** The names and addresses in a certificate, without their kinds; addresses in their shortest form. */
export function namesOf({ subjectAltName }: X509Certificate): string[] {
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

/** `certs/http_ca.crt`, which clients are given; null where there is none that can be read. */
export async function caBeside(config: string): Promise<CaBeside | null> {
  const path = configPaths(config).httpCa
  try {
    return { ca: new X509Certificate(await readFile(path)), path }
  } catch {
    return null
  }
}
