/**
 * Options of TLS by which a chain may end at the certificate that is trusted, also where that was signed by another one that is not there: Java trusts what a store holds in the same way. Node
 * knows them from 20.18 on; an older one ends with `certificate_mismatch` there.
 */
export const partialChain = { allowPartialTrustChain: true } as const
