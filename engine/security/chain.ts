import type { X509Certificate } from 'node:crypto'

/** `from`, then each certificate above it as far as they are among these: up to a root, or to one whose issuer is not there. */
export function chainFrom(from: X509Certificate, among: readonly X509Certificate[]): X509Certificate[] {
  const chain = [from]
  for (let top = from; !signedBy(top, top) && chain.length <= among.length; ) {
    const below = top
    const above = among.find((one) => !one.raw.equals(below.raw) && signedBy(below, one))
    if (above === undefined) break
    chain.push(above)
    top = above
  }
  return chain
}

export function signedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}
