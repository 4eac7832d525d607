import type { MadeApiKey } from '../../shared/contract/clients.ts'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { createApiKey, type FreshApiKey, type WantedApiKey } from '../cluster/api-key.ts'
import { withCluster, type Cluster } from '../cluster/client.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import { removeLeftUser } from '../cluster/temporary-user-left.ts'
import { inspect } from '../installation/inspect.ts'
import { findNode } from '../node/find-node.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { readCalledNode } from '../security/http-ca.ts'
import { addressOf } from './address-of.ts'
import { askCluster, type Asked } from './asking.ts'
import { httpsUrl } from './https-url.ts'
import type { SetupDesk } from './setup-desk.ts'
import { refuseUnfinished } from './refuse-unfinished.ts'
import { refuseWithoutTls } from './way-to-start.ts'

/**
 * An API key for clients of a running node: of a live set-up with the password that is in memory, else with the elastic user's password, else by a temporary superuser of the file realm,
 * with the home locked; the key outlives that user. Problems: `unfinished_setup`, `not_configured`, `no_client_tls`, `not_running`, those of `httpsUrl`, `createApiKey` and of who asks.
 */
export async function apiKeyFor(desk: Pick<SetupDesk, 'live'>, asked: Asked, wanted: WantedApiKey, more: { keystorePassword: Secret | undefined; signal: AbortSignal | undefined }): Promise<MadeApiKey> {
  const { signal } = more
  const make = (cluster: Cluster): Promise<FreshApiKey> => createApiKey({ cluster, wanted, now: Date.now(), signal })
  const handover = asked.setupId === undefined ? null : desk.live(asked.setupId).handover
  const inMemory = handover !== null && (handover.password !== null || asked.password !== undefined)
  const made = inMemory ? await askCluster(desk, asked, make) : await askNode(await inspect(asked.target), asked, more, make)
  return { ...made, apiKey: made.apiKey.reveal(), sentences: [...made.sentences] }
}

async function askNode<T>(installation: Installation, asked: Asked, more: { keystorePassword: Secret | undefined; signal: AbortSignal | undefined }, use: (cluster: Cluster) => Promise<T>): Promise<T> {
  const { home, config } = installation
  const { keystorePassword = null, signal } = more
  refuseUnfinished(installation)
  const node = await findNode(installation)
  const address = await addressOf(installation, node)
  await refuseWithoutTls(installation, address)
  const url = asked.url === undefined ? address.url : httpsUrl(asked.url)
  if (node === null && asked.url === undefined) throw problem('not_running', { home, to: 'make an API key' })
  const { tls } = await readCalledNode({ installation, keystorePassword })
  if (asked.password !== undefined) {
    await removeLeftUser(config)
    return withCluster({ url, ...tls, auth: { user: 'elastic', password: asked.password } }, use)
  }
  return withHomeLocked(config, () => withFileRealmSuperuser({ installation, url, tls, signal }, use))
}
