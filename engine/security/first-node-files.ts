import type { Secret } from '../../shared/secret.ts'
import { fingerprintOf, makeNodeCertificates, toPem } from './certificates.ts'
import { entryNames } from './config-paths.ts'
import type { ConfigBefore } from './first-node-before.ts'
import type { FirstNodeInput, FirstNodePlan } from './first-node.ts'
import type { NodeKeys } from './keys.ts'
import { httpStore, makeStorePasswords, nodeKeystore, transportStore } from './node-stores.ts'
import { hashPassword } from './passwords.ts'
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
  const { installation, keystorePassword = null } = input
  const stores = makeStorePasswords()
  const [certificates, keystore] = await Promise.all([
    makeNodeCertificates({ keys, nodeName: input.facts.nodeName, names, now: input.now }),
    passwordEntry(password).then((entry) => nodeKeystore({ installation, keystorePassword, before }, stores, entry)),
  ])
  const madeAt = input.now.getTime()
  const [http, transport] = await Promise.all([
    httpStore({ ca: { key: keys.httpCa.privateKey, certificate: certificates.httpCa }, own: { key: keys.http.privateKey, certificate: certificates.http }, madeAt }, stores.http),
    transportStore({ ca: certificates.transportCa, own: { key: keys.transport.privateKey, certificate: certificates.transport }, madeAt }, stores.transport),
  ])
  const caPem = toPem(certificates.httpCa)
  return { files: { httpCa: Buffer.from(caPem), http, transport, keystore }, caPem, caFingerprint: fingerprintOf(certificates.httpCa) }
}

/** A `bootstrap.password` that is there is the password; any other goes in as a hash. */
async function passwordEntry({ secret, source }: ElasticPassword): Promise<(readonly [string, SecretBytes])[]> {
  return source === 'bootstrap.password' ? [] : [[entryNames.passwordHash, SecretBytes.of(await hashPassword(secret))]]
}
