import type { TLSSocket } from 'node:tls'
import { fingerprintOf, toPem } from '../security/certificates.ts'

/** What was presented at an address: the CA that the token means, as PEM, or the fingerprints (hex) of what stood there instead. */
export type PresentedCa = { readonly caPem: string } | { readonly fingerprints: readonly string[] }

/** Finds the certificate with this SHA-256 (hex) in the chain that the other side presented. */
export function presentedCa(socket: Pick<TLSSocket, 'getPeerCertificate'>, fingerprint: string): PresentedCa {
  const fingerprints: string[] = []
  let one = socket.getPeerCertificate(true)
  while (one?.raw !== undefined) {
    const seen = fingerprintOf(one.raw)
    if (seen === fingerprint.toLowerCase()) return { caPem: toPem(one.raw) }
    // A self-signed one is its own issuer.
    if (fingerprints.includes(seen)) break
    fingerprints.push(seen)
    one = one.issuerCertificate
  }
  return { fingerprints }
}
