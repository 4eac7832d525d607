import { X509Certificate, type KeyObject } from 'node:crypto'
import { problem } from '../../shared/problems/problem.ts'
import { chainFrom, signedBy } from '../security/chain.ts'
import { canSign } from '../security/certificates.ts'
import { nameIn } from '../security/http-ca.ts'
import {
  settingsOf,
  isTlsOn,
  readHttpTls,
  readNamedStore,
  type AskedTls,
  type NamedStore,
} from '../security/http-tls.ts'

/** What the HTTP certificate of a node is renewed from: all of it is in the keystore that the settings name. */
export interface RenewalBasis {
  readonly named: NamedStore
  /** the node's certificate, and how its entry is called */
  readonly leaf: X509Certificate
  readonly leafAlias: string
  /** the CA that issued it, with its private key */
  readonly ca: X509Certificate
  readonly caKey: KeyObject
  /** from the CA up, as far as it is there */
  readonly above: readonly X509Certificate[]
}

/**
 * Reads what a renewal starts from. Problems: `renew_no_tls`, `renew_pem`, `renew_jks`, `renew_no_certificate`,
 * `renew_no_ca_key`, `renew_key_kind`, those of `readHttpTls`.
 */
export async function readRenewalBasis(asked: AskedTls): Promise<RenewalBasis> {
  const { home } = asked.installation
  if (!isTlsOn(await settingsOf(asked))) throw problem('renew_no_tls', { home })
  const named = await readNamedStore(asked)
  if (named === null) throw problem('renew_pem', { path: (await readHttpTls(asked)).path })
  const { path, format, store } = named
  if (format === 'jks') throw problem('renew_jks', { path })
  const certificates = store.certificates.map((one) => ({ ...one, certificate: new X509Certificate(one.certificate) }))
  const pairs = store.keys.flatMap(({ keyId, key, alias }) => {
    const own = certificates.find((one) => keyId !== null && one.keyId === keyId)
    return own === undefined ? [] : [{ key, alias: alias || own.alias || 'http', certificate: own.certificate }]
  })
  const leaf = pairs.find(({ certificate }) => !certificate.ca)
  if (leaf === undefined) throw problem('renew_no_certificate', { path })
  const ca = pairs.find(({ certificate }) => certificate.ca && signedBy(leaf.certificate, certificate))
  if (ca === undefined) throw problem('renew_no_ca_key', { path })
  if (!canSign(ca.key)) throw problem('renew_key_kind', { path, kind: ca.key.asymmetricKeyType ?? 'unknown' })
  const above = chainFrom(
    ca.certificate,
    certificates.map(({ certificate }) => certificate),
  )
  return { named, leaf: leaf.certificate, leafAlias: leaf.alias, ca: ca.certificate, caKey: ca.key, above }
}

/**
 * Refuses to issue the CA again where clients could not change over to it at their own time. Problems:
 * `renew_ca_intermediate`, `renew_ca_key_kind`.
 */
export function refuseFixedCa({ ca, caKey }: Pick<RenewalBasis, 'ca' | 'caKey'>): void {
  if (!signedBy(ca, ca)) throw problem('renew_ca_intermediate', { issuer: nameIn(ca.issuer) })
  if (caKey.asymmetricKeyType !== 'rsa')
    throw problem('renew_ca_key_kind', { kind: caKey.asymmetricKeyType ?? 'unknown' })
}

/** Refuses to issue a certificate by a CA that has expired. Problem: `renew_ca_ended`. */
export function refuseEndedCa({ ca }: Pick<RenewalBasis, 'ca'>, now: number): void {
  const until = Date.parse(ca.validTo)
  if (until <= now) throw problem('renew_ca_ended', { until })
}
