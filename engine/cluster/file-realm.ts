import { Problem, problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import type { NodeHome } from '../node/launch-environment.ts'
import { applyPlan } from '../plan/apply.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { ownerOfFolder } from '../plan/owner-of-folder.ts'
import { rollBack } from '../plan/roll-back.ts'
import { settle } from '../plan/settled.ts'
import type { NodeTls } from '../security/node-tls.ts'
import { settingsUnder, settingText, type Settings } from '../preflight/settings.ts'
import { connect, type Cluster } from './client.ts'
import { changePassword } from './password.ts'
import { makeTemporaryUser, temporaryUserPlan } from './temporary-user.ts'
import { untilNot } from './until-not.ts'
import { refuseWithoutMaster } from './writable.ts'

/** The node looks at the file realm every 5 s (`resource.reload.interval.high`). */
const noticedWithinMs = 30_000
/** Nothing tells when it has looked, so it is asked often: an answer of no costs it hardly anything. */
const askedEveryMs = 50

/** A node whose password nobody here has, and where it answers. */
export interface LockedOut {
  readonly installation: NodeHome
  /** what is called instead starts the node first, and gives where it answers then: a node that finds the superuser when it starts need not look again */
  readonly url: string | (() => Promise<string>)
  readonly tls: NodeTls
  readonly signal?: AbortSignal | undefined
  /** how long a master is waited for, in ms (default 10 s) */
  readonly masterWithinMs?: number | undefined
  /** settings that stand above elasticsearch.yml */
  readonly given?: Readonly<Record<string, string>> | undefined
}

/**
 * Gives `username` a new password without knowing the old one, as stock's reset-password does: see `withFileRealmSuperuser`.
 */
export async function resetByFileRealm(asked: LockedOut & { username?: string; password: Secret }): Promise<void> {
  const { username = 'elastic', password, signal } = asked
  await withFileRealmSuperuser(asked, (cluster) => changePassword(cluster, username, password, signal))
}

/**
 * Asks a cluster without knowing any password: by a superuser that stands in the file realm for some seconds. It is let in by a
 * plan and put back by its journal, whatever happens; what a killed process left of it is removed first.
 * Where there is no master, `withoutMaster` is asked instead. The caller holds the lock of the home. An applied set-up whose node has run is settled: from here on it is not put back any more.
 * Problems: `file_realm_off`, `file_realm_silent`, `no_master`, `recover_first`, those of the client and of `applyPlan`.
 */
export async function withFileRealmSuperuser<T>(asked: LockedOut, use: (cluster: Cluster) => Promise<T>, withoutMaster?: (cluster: Cluster) => Promise<T>): Promise<T> {
  const { installation, url, tls, signal } = asked
  const { config } = installation
  await putBackLeft(config, 'temporary-user')
  const { settings } = await readHomeSettings(installation, { given: asked.given })
  if (isFileRealmOff(settings)) throw problem('file_realm_off', {})
  await settle(config)
  const user = makeTemporaryUser()
  const owner = ownerOfFolder(config)
  await applyPlan(await temporaryUserPlan(config, user, owner), { config, owner, ...(signal === undefined ? {} : { signal }) })
  try {
    const cluster = await connect({ url: typeof url === 'string' ? url : await url(), ...tls, auth: { user: user.name, password: user.password } })
    try {
      await untilNoticed(cluster, signal)
      try {
        await refuseWithoutMaster(cluster, { signal, ...(asked.masterWithinMs === undefined ? {} : { forMs: asked.masterWithinMs }) })
      } catch (thrown) {
        if (withoutMaster === undefined || !(thrown instanceof Problem) || thrown.code !== 'no_master') throw thrown
        return await withoutMaster(cluster)
      }
      await untilUsersAreThere(cluster, signal)
      return await use(cluster)
    } finally {
      await cluster.close()
    }
  } finally {
    await rollBack(config)
  }
}

async function untilNoticed(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  try {
    await untilNot(['wrong_password'], () => cluster.request({ method: 'GET', path: '/_security/_authenticate' }, signal), { forMs: noticedWithinMs, everyMs: askedEveryMs, signal })
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'wrong_password') throw problem('file_realm_silent', { seconds: noticedWithinMs / 1000 })
    throw thrown
  }
}

/**
 * Right after a start a request about a built-in user can be answered with 401 although the temporary user was let in before (seen on 9.4.3 under
 * load, before the security index was allocated). Here that never means a wrong password.
 */
async function untilUsersAreThere(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  await untilNot(['wrong_password', 'cluster_unhealthy'], () => cluster.request({ method: 'GET', path: '/_security/user/elastic' }, signal), { forMs: noticedWithinMs, signal })
}

/** Whether these settings let nobody in by the file realm. */
export function isFileRealmOff(settings: Settings): boolean {
  const prefix = 'xpack.security.authc.realms.file.'
  return settingsUnder(settings, prefix).some((name) => name.endsWith('.enabled') && settingText(settings, name) === 'false')
}
