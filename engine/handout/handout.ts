import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import { Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withCluster } from '../cluster/client.ts'
import { readHealth } from '../cluster/health.ts'
import { refuseIncomplete } from '../security/http-ca.ts'
import type { NodeTls } from '../security/node-tls.ts'
import { askerOf, tokenFor, type Asked } from '../setup/asking.ts'
import { clientAddress } from '../setup/client-address.ts'
import type { SetupDesk } from '../setup/setup-desk.ts'

/** Everything somebody needs to come back to this node, and to connect with it. */
export interface Handout {
  readonly url: string
  readonly username: string
  readonly password: Secret
  readonly caFingerprint: string
  /** path of http_ca.crt on the node's machine */
  readonly caCertificate: string
  readonly caPem: string
  /** null where the node does not answer */
  readonly clusterName: string | null
  readonly token: EnrollmentTokenView | null
  /** the node only accepts clients that present a certificate of their own */
  readonly clientCertificates: boolean
}

export interface GatheringWish {
  readonly asked: Asked
  readonly keystorePassword?: Secret | undefined
  readonly token?: 'node' | 'kibana' | undefined
}

/**
 * Gathers it: of a live set-up what is in memory, else what lies on the disk and the password that was given, which is tried where the node answers: a file with a wrong one would be found out years
 * later. Problems: `password_needed`, `no_client_address`, `wrong_password`, `certificate_…`, those of `readHttpCa`, `refuseWithoutTls` and of a token.
 */
export async function gather(desk: SetupDesk, wish: GatheringWish, signal: AbortSignal | undefined): Promise<Handout> {
  const { asked, keystorePassword, token } = wish
  const known = await whatIsKnown(desk, asked, keystorePassword)
  const { tls, ...told } = known
  const clusterName = await nameOfCluster(known, signal)
  const made = token === undefined ? null : await tokenFor(desk, asked, { scope: token, url: asked.url, password: asked.password, keystorePassword }, signal)
  return { ...told, username: 'elastic', clusterName, token: made, clientCertificates: tls.own !== undefined }
}

type Known = Pick<Handout, 'url' | 'password' | 'caFingerprint' | 'caCertificate' | 'caPem'> & { readonly tls: NodeTls }

async function whatIsKnown(desk: SetupDesk, asked: Asked, keystorePassword: Secret | undefined): Promise<Known> {
  // It is saved as it is written, and read years later.
  const { caPath, missingIssuer, tls, ...asker } = await askerOf(desk, asked, { keystorePassword, readUrl: (text) => clientAddress(text, null).url })
  refuseIncomplete({ path: caPath, missingIssuer })
  return { ...asker, tls, caPem: tls.caPem, caCertificate: caPath }
}

async function nameOfCluster({ url, tls, password }: Known, signal: AbortSignal | undefined): Promise<string | null> {
  try {
    return await withCluster({ url, ...tls, auth: { user: 'elastic', password } }, async (cluster) => (await readHealth(cluster, signal)).clusterName)
  } catch (thrown) {
    if (thrown instanceof Problem && (thrown.code === 'unreachable' || thrown.code === 'cluster_unhealthy')) return null
    throw thrown
  }
}
