import type { X509Certificate } from 'node:crypto'
import type { CertificateView } from '../../shared/contract/certificates.ts'
import { fingerprintOf } from '../security/certificates.ts'
import { chainFrom } from '../security/chain.ts'
import { caBeside, namesOf } from '../security/http-ca.ts'
import { readHttpTls, type AskedTls, type HttpTls } from '../security/http-tls.ts'

/** The certificates of one layer of a node, as its files have them. */
export interface LayerCertificates {
  readonly tls: HttpTls
  /** the node's own first, then those above it; all authorities where it has none of its own */
  readonly chain: readonly X509Certificate[]
  readonly views: readonly CertificateView[]
}

/** Reads the certificates of a layer. Problems: those of `readHttpTls`. */
export async function readCertificates(
  asked: AskedTls & { readonly layer: 'http' | 'transport' },
): Promise<LayerCertificates> {
  const tls = await readHttpTls(asked)
  const all = tls.certificates.map(({ certificate }) => certificate)
  const chain = tls.leaf === null ? all.filter(({ ca }) => ca) : chainFrom(tls.leaf, all)
  const beside = asked.layer === 'http' ? await caBeside(asked.installation.config) : null
  const pathOf = (certificate: X509Certificate): string => {
    if (beside?.ca.raw.equals(certificate.raw) === true) return beside.path
    return tls.certificates.findLast((one) => one.certificate.raw.equals(certificate.raw))?.path ?? tls.path
  }
  const views = chain.map((certificate): CertificateView => {
    const path = certificate === tls.leaf ? tls.path : pathOf(certificate)
    return {
      layer: asked.layer,
      role: certificate === tls.leaf ? 'node' : 'authority',
      subject: oneLine(certificate.subject),
      issuer: oneLine(certificate.issuer),
      names: namesOf(certificate),
      validFrom: Date.parse(certificate.validFrom),
      validUntil: Date.parse(certificate.validTo),
      serial: certificate.serialNumber,
      fingerprint: fingerprintOf(certificate.raw),
      path,
      stored: tls.kind === 'store' && path === tls.path ? 'store' : 'pem',
    }
  })
  return { tls, chain, views }
}

/** A distinguished name, as Node gives it in lines. An empty subject gives none. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ')
}
