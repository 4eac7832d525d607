import type { Secret } from '../../shared/secret.ts'
import { fingerprintOf, makeNodeCertificates, toPem, type NodeCertificates } from './certificates.ts'
import { entryNames } from './config-paths.ts'
import type { ConfigBefore } from './first-node-before.ts'
import type { FirstNodeInput, FirstNodePlan } from './first-node.ts'
import type { NodeKeys } from './keys.ts'
import { formatOfInstallation } from './keystore-format.ts'
import { writeKeystore, type KeystoreEntries } from './keystore.ts'
import { hashPassword, makeKeystoreSeed, makeStorePassword } from './passwords.ts'
import { writeStore } from './pkcs12-write.ts'
import { SecretBytes } from './secret-bytes.ts'

/** The contents of the files that need the keys. */
export interface FirstNodeFiles {
  readonly httpCa: Uint8Array
  readonly http: Uint8Array
  readonly transport: Uint8Array
  readonly keystore: Uint8Array
}

/** The password of the elastic user, and whose choice it was. */
export interface ElasticPassword {
  readonly secret: Secret
  readonly source: FirstNodePlan['passwordSource']
}

/** Makes certificates, stores and keystore of a first node. `names` stand in the HTTP certificate. */
export async function makeFirstNodeFiles(
  input: FirstNodeInput,
  known: { readonly before: ConfigBefore; readonly names: readonly string[]; readonly keys: NodeKeys; readonly password: ElasticPassword },
): Promise<{ readonly files: FirstNodeFiles; readonly caPem: string; readonly caFingerprint: string }> {
  const { before, names, keys, password } = known
  const stores = { http: makeStorePassword(), transport: makeStorePassword() }
  const [certificates, keystore] = await Promise.all([
    makeNodeCertificates({ keys, nodeName: input.facts.nodeName, names, now: input.now }),
    makeKeystore(input, before, stores, password),
  ])
  const madeAt = input.now.getTime()
  const [http, transport] = await Promise.all([httpStore(keys, certificates, madeAt, stores.http), transportStore(keys, certificates, madeAt, stores.transport)])
  const caPem = toPem(certificates.httpCa)
  return { files: { httpCa: Buffer.from(caPem), http, transport, keystore }, caPem, caFingerprint: fingerprintOf(certificates.httpCa) }
}

/** The CA with its key, for enrolling; the node's own key and certificate. */
function httpStore(keys: NodeKeys, certificates: NodeCertificates, madeAt: number, password: Secret): Promise<Buffer> {
  const ca = { alias: 'http_ca', key: keys.httpCa.privateKey, chain: [certificates.httpCa], madeAt }
  const own = { alias: 'http', key: keys.http.privateKey, chain: [certificates.http, certificates.httpCa], madeAt: madeAt + 1 }
  return writeStore({ keys: [ca, own], trusted: [] }, password)
}

/** The key and certificate that all nodes share, and whom they trust; the CA's key is not kept. */
function transportStore(keys: NodeKeys, certificates: NodeCertificates, madeAt: number, password: Secret): Promise<Buffer> {
  const own = { alias: 'transport', key: keys.transport.privateKey, chain: [certificates.transport, certificates.transportCa], madeAt }
  return writeStore({ keys: [own], trusted: [{ alias: 'transport_ca', certificate: certificates.transportCa }] }, password)
}

async function makeKeystore(
  { installation, keystorePassword = null }: FirstNodeInput,
  { keystore: old }: ConfigBefore,
  stores: { readonly http: Secret; readonly transport: Secret },
  password: ElasticPassword,
): Promise<Buffer> {
  const entries: KeystoreEntries = new Map([
    [entryNames.seed, SecretBytes.of(makeKeystoreSeed())],
    ...(old?.entries ?? []),
    [entryNames.transport, SecretBytes.of(stores.transport)],
    [entryNames.truststore, SecretBytes.of(stores.transport)],
    [entryNames.http, SecretBytes.of(stores.http)],
    ...(password.source === 'bootstrap.password' ? [] : [[entryNames.passwordHash, SecretBytes.of(await hashPassword(password.secret))] as const]),
  ])
  return writeKeystore({ version: formatOfInstallation(installation), entries, password: old?.hasPassword === true ? keystorePassword : null })
}
