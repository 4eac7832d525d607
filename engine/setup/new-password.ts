import { z } from 'zod'
import type { Installation } from '../../shared/contract/installation.ts'
import type { NewPassword } from '../../shared/contract/password.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withCluster, type Cluster } from '../cluster/client.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import { changePassword, refuseShortPassword } from '../cluster/password.ts'
import { removeLeftUser } from '../cluster/temporary-user-left.ts'
import { untilNot } from '../cluster/until-not.ts'
import { findNode } from '../node/find-node.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { readCalledNode, trustingHttpCa } from '../security/http-ca.ts'
import { makeElasticPassword } from '../security/passwords.ts'
import { addressOf } from './address-of.ts'
import { httpsUrl } from './https-url.ts'
import { refuseUnfinished } from './refuse-unfinished.ts'
import { refuseWithoutTls } from './way-to-start.ts'

/**
 * How long the new password is tried, in ms: after an answer a node forgets what it knew of a user within a moment; without one Elasticsearch holds the change for a minute
 * (ReplicationRequest).
 */
const usualPatience = { answered: 10_000, unanswered: 65_000 }
/** Whom Elasticsearch takes the asker for. */
const authenticated = z.object({ username: z.string() })

export interface WantedPassword {
  readonly username: string
  /** the present password of the elastic user, where somebody has it */
  readonly elasticPassword?: Secret | undefined
  /** the new one; null: one is made */
  readonly password: Secret | null
  readonly keystorePassword?: Secret | undefined
  /** where the node answers, if not where its settings say: then it need not be seen to run here */
  readonly url?: string | undefined
}

interface Who {
  readonly user: string
  readonly password: Secret
}

interface Door {
  readonly installation: Installation
  readonly url: string
  readonly keystorePassword: Secret | null
  readonly signal: AbortSignal | undefined
  readonly patience: typeof usualPatience
}

/**
 * Gives a user of a running node a new password. With the elastic user's present one by the REST API alone; without, by a temporary superuser of the file
 * realm, with the home locked, who is gone when this ends, however it ends. Problems: `password_too_short`, `unfinished_setup`, `not_configured`, `no_client_tls`, `not_running`, `no_such_user`,
 * `wrong_password`, `busy`, those of `httpsUrl`, `readCalledNode` and `withFileRealmSuperuser`.
 */
export async function newPassword(installation: Installation, wanted: WantedPassword, signal: AbortSignal | undefined, patience = usualPatience): Promise<NewPassword> {
  const { username, elasticPassword } = wanted
  const { home } = installation
  const password = wanted.password ?? makeElasticPassword()
  refuseShortPassword(password)
  refuseUnfinished(installation)
  const node = await findNode(installation)
  const address = await addressOf(installation, node)
  await refuseWithoutTls(installation, address)
  if (node === null && wanted.url === undefined) throw problem('not_running', { home, to: 'set a new password' })
  const door: Door = { installation, url: wanted.url === undefined ? address.url : httpsUrl(wanted.url), keystorePassword: wanted.keystorePassword ?? null, signal, patience }
  const who = { user: username, password }
  const { answered, proved } = await (elasticPassword === undefined ? byFileRealm(door, who) : byElasticUser(door, elasticPassword, who))
  return { username, password: password.reveal(), how: elasticPassword === undefined ? 'file-realm' : 'elastic-password', answered: answered || proved, proved, handedOver: false }
}

/** What came of a change: whether the cluster said that it is done, and whether it accepts the new password. */
interface Changed {
  readonly answered: boolean
  readonly proved: boolean
}

/** False where the change was sent and not answered: it may still be made, so nobody may forget the password. */
async function change(cluster: Cluster, who: Who, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await changePassword(cluster, who.user, who.password, signal)
    return true
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'password_unanswered') return false
    throw thrown
  }
}

/** By one connection: the handshake of a second one takes as long as what is asked. */
async function byElasticUser(door: Door, password: Secret, who: Who): Promise<Changed> {
  // What a killed process left is a superuser: it goes with the next new password, whichever way that is set.
  await removeLeftUser(door.installation.config)
  const { url, signal, patience } = door
  const setAndProve = async (cluster: Cluster): Promise<Changed> => {
    const answered = await change(cluster, who, signal)
    return { answered, proved: await isAccepted(cluster, who, { answered, patience, signal }) }
  }
  const auth = { user: 'elastic', password }
  return trustingHttpCa(door, (tls) => withCluster({ url, ...tls, auth, oneAfterTheOther: true }, setAndProve))
}

/** The superuser is gone before the new password is tried, which may take its time. */
async function byFileRealm(door: Door, who: Who): Promise<Changed> {
  const { url, signal, patience } = door
  const { tls } = await readCalledNode(door)
  const asked = { ...door, tls }
  const answered = await withHomeLocked(door.installation.config, () => withFileRealmSuperuser(asked, (cluster) => change(cluster, who, signal)))
  return { answered, proved: await withCluster({ url, ...tls, auth: who }, (cluster) => isAccepted(cluster, who, { answered, patience, signal })) }
}

/** The password is set already: whatever is in the way here must not lose it. */
async function isAccepted(cluster: Cluster, who: Who, { answered, patience, signal }: { answered: boolean } & Pick<Door, 'patience' | 'signal'>): Promise<boolean> {
  try {
    const ask = (): Promise<unknown> => cluster.request({ method: 'GET', path: '/_security/_authenticate', as: who }, signal)
    const answer = authenticated.safeParse(await untilNot(['wrong_password', 'cluster_unhealthy', ...(answered ? [] : (['unreachable'] as const))], ask, { forMs: answered ? patience.answered : patience.unanswered, signal }))
    return answer.data?.username === who.user
  } catch (thrown) {
    if (thrown instanceof Problem) return false
    throw thrown
  }
}
