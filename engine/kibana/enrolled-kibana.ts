import type { Secret } from '../../shared/secret.ts'

/** A service account token that the cluster made for a Kibana. */
export interface MadeToken {
  readonly serviceToken: Secret
  /** the name of the token, as the cluster lists it */
  readonly tokenName: string
}

/** A service account token of Kibana, and the cluster it is for: proved to work over TLS with that CA alone. */
export interface EnrolledKibana extends MadeToken {
  readonly url: string
  readonly caPem: string
  readonly caFingerprint: string
  readonly clusterVersion: string
  readonly clusterName: string
}
