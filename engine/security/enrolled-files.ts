import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Installation } from '../../shared/contract/installation.ts'
import type { Secret } from '../../shared/secret.ts'
import { fingerprintOf, makeHttpCertificate, toPem } from './certificates.ts'
import { members, readDer } from './der.ts'
import type { ConfigBefore } from './first-node-before.ts'
import type { FirstNodeFiles } from './first-node-files.ts'
import type { KeyPair } from './keys.ts'
import { httpStore, makeStorePasswords, nodeKeystore, transportStore } from './node-stores.ts'

/** What a cluster gives to a node that enrolls: keys in memory only, certificates as DER. */
export interface ClusterIdentity {
  readonly httpCaKey: KeyObject
  readonly httpCa: Buffer
  readonly transportKey: KeyObject
  readonly transport: Buffer
  readonly transportCa: Buffer
}

/** The files of a node that joins, and the CA that clients trust there as everywhere in the cluster. */
export interface EnrolledFiles {
  readonly files: FirstNodeFiles
  readonly caPem: string
  /** SHA-256 of the CA's DER, lower-case hex */
  readonly caFingerprint: string
}

/**
 * Makes stores and keystore of a node that joins: the cluster's HTTP CA and transport certificate, and an HTTP certificate of its own, signed by that
 * CA, with `names` in it. As AutoConfigureNode does with an enrollment token.
 */
export async function makeEnrolledFiles(known: {
  readonly installation: Pick<Installation, 'version'>
  readonly keystorePassword: Secret | null
  readonly before: ConfigBefore
  readonly identity: ClusterIdentity
  readonly key: KeyPair
  readonly nodeName: string
  readonly names: readonly string[]
  readonly now: Date
}): Promise<EnrolledFiles> {
  const { identity, key, nodeName, names, now } = known
  const stores = makeStorePasswords()
  const issuer = { name: subjectOf(identity.httpCa), keys: { privateKey: identity.httpCaKey, publicKey: createPublicKey(identity.httpCaKey) } }
  const certificate = await makeHttpCertificate({ key: key.publicKey, issuer, nodeName, names, now })
  const madeAt = now.getTime()
  const [http, transport, keystore] = await Promise.all([
    httpStore({ ca: { key: identity.httpCaKey, certificate: identity.httpCa }, own: { key: key.privateKey, certificate }, madeAt }, stores.http),
    transportStore({ ca: identity.transportCa, own: { key: identity.transportKey, certificate: identity.transport }, madeAt }, stores.transport),
    // No password goes in: the users are the cluster's.
    nodeKeystore(known, stores, []),
  ])
  const caPem = toPem(identity.httpCa)
  return { files: { httpCa: Buffer.from(caPem), http, transport, keystore }, caPem, caFingerprint: fingerprintOf(identity.httpCa) }
}

/** The whole name of the CA as it stands there: an authority of one's own may call itself anything. */
function subjectOf(certificate: Buffer): Buffer {
  const [toBeSigned] = members(readDer(certificate))
  const subject = members(toBeSigned)[5]
  if (subject === undefined) throw new Error('a certificate without a subject')
  return subject.whole
}
