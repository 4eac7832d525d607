import type { Installation } from '../../shared/contract/installation.ts'
import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withCluster, type Cluster } from '../cluster/client.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import { refuseRed } from '../cluster/health.ts'
import { removeLeftUser } from '../cluster/temporary-user-left.ts'
import { createEnrollmentToken, type MadeToken } from '../cluster/token.ts'
import { findNode } from '../node/find-node.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { settingText, type Settings } from '../preflight/settings.ts'
import { readEnrollmentCa } from '../security/enrollment-ca.ts'
import { readCalledNode } from '../security/http-ca.ts'
import { settingsOf, type AskedTls } from '../security/http-tls.ts'
import { addressOf } from './address-of.ts'
import { httpsUrl } from './https-url.ts'
import { refuseUnfinished } from './refuse-unfinished.ts'
import { refuseWithoutTls } from './way-to-start.ts'

export interface WantedToken {
  readonly scope: 'node' | 'kibana'
  /** of the elastic user, where somebody has it; else a temporary superuser of the file realm asks */
  readonly password?: Secret | undefined
  readonly keystorePassword?: Secret | undefined
  /** where the node answers, if not where its settings say: then it need not be seen to run here */
  readonly url?: string | undefined
  /** also where the health of the cluster is red */
  readonly force?: boolean | undefined
  /** settings that stand above elasticsearch.yml */
  readonly settings?: Readonly<Record<string, string>> | undefined
}

/**
 * An enrollment token from a running node, all that stock's own tool does. Without the password of the elastic user a temporary superuser of the file realm asks, with the home locked,
 * who is gone when this ends, however it ends. Problems: `unfinished_setup`, `security_off`, `not_configured`, `no_client_tls`, `enrollment_off`, `single_node_discovery`,
 * `not_auto_configured`, `not_running`, `cluster_red`, `wrong_password`, `busy`, those of `httpsUrl`, `readCalledNode` and `withFileRealmSuperuser`.
 */
export async function makeToken(installation: Installation, wanted: WantedToken, signal: AbortSignal | undefined): Promise<EnrollmentTokenView> {
  const { scope, keystorePassword = null, settings: given = {} } = wanted
  const { home, config } = installation
  const asked: AskedTls = { installation, keystorePassword, given }
  refuseUnfinished(installation)
  const node = await findNode(installation)
  const address = await addressOf(installation, node, given)
  refuseBySettings(await settingsOf(asked), home, scope, await refusalWithoutTls(installation, address))
  const url = wanted.url === undefined ? address.url : httpsUrl(wanted.url)
  if (node === null && wanted.url === undefined) throw problem('not_running', { home, to: 'make a token' })
  const caFingerprint = await readEnrollmentCa(asked)
  const { tls } = await readCalledNode(asked)
  const make = async (cluster: Cluster): Promise<MadeToken> => {
    if (wanted.force !== true) await refuseRed(cluster, signal)
    return createEnrollmentToken({ cluster, scope, caFingerprint, now: Date.now(), ...(signal === undefined ? {} : { signal }) })
  }
  if (wanted.password !== undefined) {
    await removeLeftUser(config)
    return viewOf(scope, await withCluster({ url, ...tls, auth: { user: 'elastic', password: wanted.password } }, make))
  }
  return viewOf(scope, await withHomeLocked(config, () => withFileRealmSuperuser({ installation, url, tls, signal, given }, make)))
}

export function viewOf(scope: 'node' | 'kibana', { token, createdAt, expiresAt, warning }: MadeToken): EnrollmentTokenView {
  return { scope, token: token.reveal(), createdAt, expiresAt, ...(warning === null ? {} : { warning }) }
}

/** Why there is no TLS for clients; null where there is. */
async function refusalWithoutTls(installation: Installation, address: { secured: boolean }): Promise<unknown> {
  return refuseWithoutTls(installation, address).then(
    () => null,
    (thrown: unknown) => thrown,
  )
}

/** A token that can never be used is not made: what the settings say of that, the most telling first. */
function refuseBySettings(settings: Settings, home: string, scope: 'node' | 'kibana', withoutTls: unknown): void {
  if (settingText(settings, 'xpack.security.enabled') === 'false') throw problem('security_off', { home })
  if (withoutTls !== null) throw withoutTls
  if (settingText(settings, 'xpack.security.enrollment.enabled') !== 'true') throw problem('enrollment_off', {})
  if (scope === 'node' && settingText(settings, 'discovery.type') === 'single-node') throw problem('single_node_discovery', {})
}
