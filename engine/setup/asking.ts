import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import type { TryAnswer } from '../../shared/contract/node.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withCluster, type Cluster } from '../cluster/client.ts'
import { refuseRed } from '../cluster/health.ts'
import { createEnrollmentToken } from '../cluster/token.ts'
import { callOnce } from '../cluster/try-it.ts'
import { inspect } from '../installation/inspect.ts'
import { readCalledNode } from '../security/http-ca.ts'
import type { NodeTls } from '../security/node-tls.ts'
import { addressOf } from './address-of.ts'
import { httpsUrl } from './https-url.ts'
import { makeToken, viewOf, type WantedToken } from './make-token.ts'
import type { SetupDesk } from './setup-desk.ts'
import { refuseWithoutTls } from './way-to-start.ts'

/** Who asks the cluster: a live set-up of this process, or somebody with the password. */
export interface Asked {
  readonly target: NodeTarget
  readonly setupId?: string
  readonly password?: Secret
  readonly url?: string
}

/** Where the live set-ups of this process are found. */
type LiveSetups = Pick<SetupDesk, 'live'>

interface Asker {
  readonly url: string
  readonly tls: NodeTls
  readonly caFingerprint: string
  readonly caPath: string
  /** as of `HttpCa` */
  readonly missingIssuer: string | null
  readonly password: Secret
}

/** Asks the cluster of this home, as the elastic user. Problems: `password_needed`, those of `connect` and of what is asked. */
export async function askCluster<T>(desk: LiveSetups, asked: Asked, use: (cluster: Cluster) => Promise<T>): Promise<T> {
  const { url, tls, password } = await askerOf(desk, asked)
  return withCluster({ url, ...tls, auth: { user: 'elastic', password } }, use)
}

/**
 * A fresh enrollment token: of a live set-up with the password that is in memory (a Kibana token becomes the one it shows), else as `makeToken` does. Problems: `cluster_red` unless `force`, those of `createEnrollmentToken` and `makeToken`.
 */
export async function tokenFor(desk: LiveSetups, asked: Asked, wanted: WantedToken, signal: AbortSignal | undefined): Promise<EnrollmentTokenView> {
  const handover = asked.setupId === undefined ? null : desk.live(asked.setupId).handover
  if (handover === null || (handover.password === null && asked.password === undefined)) return makeToken(await inspect(asked.target), wanted, signal)
  const { url, tls, caFingerprint, password } = await askerOf(desk, asked)
  const { scope, force } = wanted
  const made = await withCluster({ url, ...tls, auth: { user: 'elastic', password } }, async (cluster) => {
    if (force !== true) await refuseRed(cluster, signal)
    return createEnrollmentToken({ cluster, scope, caFingerprint, now: Date.now(), ...(signal === undefined ? {} : { signal }) })
  })
  const view = viewOf(scope, made)
  if (scope === 'kibana') handover.kibanaToken = view
  return view
}

/** The `curl` line of the seeds, done here. */
export async function tryIt(desk: LiveSetups, asked: Asked): Promise<TryAnswer> {
  const { url, tls, caPath, password } = await askerOf(desk, asked)
  return callOnce({ url, ...tls, caPath, user: 'elastic', password })
}

/**
 * Where a cluster answers, its CA and the elastic user's password: of a live set-up what is in memory, else what lies on the disk and the password that was given. `readUrl` takes an address
 * that somebody gave, and refuses what is none. Problems: `password_needed`, those of `readUrl`, `refuseWithoutTls` and `readCalledNode`.
 */
export async function askerOf(desk: LiveSetups, asked: Asked, { keystorePassword, readUrl = httpsUrl }: { keystorePassword?: Secret | undefined; readUrl?: (text: string) => string } = {}): Promise<Asker> {
  const handover = asked.setupId === undefined ? null : desk.live(asked.setupId).handover
  const password = asked.password ?? handover?.password ?? null
  if (password === null) throw problem('password_needed', {})
  const given = asked.url === undefined ? null : readUrl(asked.url)
  if (handover !== null) {
    const { url, tls, caFingerprint, caCertificate: caPath } = handover
    return { url: given ?? url, tls, caFingerprint, caPath, missingIssuer: null, password }
  }
  const installation = await inspect(asked.target)
  const address = await addressOf(installation)
  await refuseWithoutTls(installation, address)
  const { ca, tls } = await readCalledNode({ installation, keystorePassword: keystorePassword ?? null })
  const { fingerprint: caFingerprint, path: caPath, missingIssuer } = ca
  return { url: given ?? address.url, tls, caFingerprint, caPath, missingIssuer, password }
}
