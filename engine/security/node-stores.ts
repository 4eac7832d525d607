import type { KeyObject } from 'node:crypto'
import type { Installation } from '../../shared/contract/installation.ts'
import type { Secret } from '../../shared/secret.ts'
import { entryNames } from './config-paths.ts'
import type { ConfigBefore } from './first-node-before.ts'
import { formatOfInstallation } from './keystore-format.ts'
import { writeKeystore } from './keystore.ts'
import { makeKeystoreSeed, makeStorePassword } from './passwords.ts'
import { writeStore } from './pkcs12-write.ts'
import { SecretBytes } from './secret-bytes.ts'

/** The passwords of a node's two stores. */
export interface StorePasswords {
  readonly http: Secret
  readonly transport: Secret
}

/** A key with its certificate (DER). */
interface Certified {
  readonly key: KeyObject
  readonly certificate: Buffer
}

export function makeStorePasswords(): StorePasswords {
  return { http: makeStorePassword(), transport: makeStorePassword() }
}

/** `http.p12`: the CA with its key, for enrolling; the node's own key and certificate. `madeAt` ms since 1970. */
export function httpStore({ ca, own, madeAt }: { ca: Certified; own: Certified; madeAt: number }, password: Secret): Promise<Buffer> {
  const authority = { alias: 'http_ca', key: ca.key, chain: [ca.certificate], madeAt }
  const node = { alias: 'http', key: own.key, chain: [own.certificate, ca.certificate], madeAt: madeAt + 1 }
  return writeStore({ keys: [authority, node], trusted: [] }, password)
}

/** `transport.p12`: the key and certificate that all nodes share, and whom they trust; the CA's key is not kept. `madeAt` ms since 1970. */
export function transportStore({ ca, own, madeAt }: { ca: Buffer; own: Certified; madeAt: number }, password: Secret): Promise<Buffer> {
  const node = { alias: 'transport', key: own.key, chain: [own.certificate, ca], madeAt }
  return writeStore({ keys: [node], trusted: [{ alias: 'transport_ca', certificate: ca }] }, password)
}

/** `elasticsearch.keystore` with all that is in it, the passwords of the stores, and `more`. */
export function nodeKeystore(
  known: { readonly installation: Pick<Installation, 'version'>; readonly keystorePassword: Secret | null; readonly before: ConfigBefore },
  stores: StorePasswords,
  more: readonly (readonly [string, SecretBytes])[],
): Promise<Buffer> {
  const old = known.before.keystore
  const entries = new Map([
    [entryNames.seed, SecretBytes.of(makeKeystoreSeed())],
    ...(old?.entries ?? []),
    [entryNames.transport, SecretBytes.of(stores.transport)],
    [entryNames.truststore, SecretBytes.of(stores.transport)],
    [entryNames.http, SecretBytes.of(stores.http)],
    ...more,
  ])
  return writeKeystore({ version: formatOfInstallation(known.installation), entries, password: old?.hasPassword === true ? known.keystorePassword : null })
}
