import type { Secret } from '../../shared/secret.ts'

/** What this side shows of itself: PEM, the certificate first, then those above it; and its private key. */
export interface OwnCertificate {
  readonly cert: string
  readonly key: Secret
}

/** How a node is called over TLS: by the certificate that proves it, as PEM, and with what is shown to a node that asks for one. */
export interface NodeTls {
  readonly caPem: string
  readonly own?: OwnCertificate | undefined
}

/**
 * The options of TLS for a call. A chain may end at the certificate that is trusted, also where that was signed by another one that is not there: Java trusts what a store holds in the
 * same way. Node knows that from 20.18 on; an older one ends with `certificate_mismatch` there.
 */
export function tlsOptions({ caPem, own }: NodeTls) {
  return {
    ca: caPem,
    // Explicit, since NODE_TLS_REJECT_UNAUTHORIZED=0 in somebody's shell would turn the default around.
    rejectUnauthorized: true,
    allowPartialTrustChain: true,
    ...(own === undefined ? {} : { cert: own.cert, key: own.key.reveal() }),
  } as const
}
