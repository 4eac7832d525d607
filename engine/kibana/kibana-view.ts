import type { KibanaView } from '../../shared/contract/kibana.ts'
import { describeAccount, ownerOf } from '../installation/accounts.ts'
import { otherHolder } from '../plan/lock.ts'
import { unfinishedWork } from '../plan/unfinished.ts'
import { kibanaAddress } from './kibana-address.ts'
import { isKibanaUndoable, isKibanaUnfinished } from './kibana-changes.ts'
import type { KibanaHome } from './kibana-home.ts'
import type { KibanaKeystore } from './kibana-keystore.ts'
import { connectedBy, connectingNames, type ConnectedBy } from './kibana-settings.ts'

/** A Kibana as a person sees it. Touches nothing. */
export async function viewKibana(kibana: KibanaHome): Promise<KibanaView> {
  const { home, config, version, layout, settingsFile, data, settings, keystore, launcher } = kibana
  const owner = await ownerOf(home).catch(() => null)
  const connected = connectedBy(settings)
  return {
    home,
    version,
    layout,
    settingsFile,
    data,
    owner: owner === null ? null : describeAccount(owner),
    url: kibanaAddress(settings).url,
    startable: launcher !== null,
    connected: connected === null ? keystoreWords(keystore) : connectedWords(connected),
    enrolled: connected !== null && isEnrolled(connected),
    undoable: await isKibanaUndoable(kibana).catch(() => false),
    ...((await isKibanaUnfinished(kibana).catch(() => false)) ? { unfinished: unfinishedWork('kibana', home, await otherHolder(config).catch(() => null)) } : {}),
  }
}

/** `enrolled with https://localhost:9200`, `connected with https://other:9200 as a user` */
function connectedWords({ hosts, credentials }: ConnectedBy): string {
  const where = hosts.length === 0 ? '' : ` with ${hosts.join(', ')}`
  if (isEnrolled({ hosts, credentials })) return `enrolled${where}`
  return `connected${where}${credentials.length === 0 ? '' : ' as a user of its own'}`
}

/** `connected by its kibana.keystore (elasticsearch.password)`; what is closed counts as nothing. */
function keystoreWords(keystore: KibanaKeystore | null): string | null {
  const names = keystore?.settings == null ? [] : connectingNames(keystore.settings)
  return names.length === 0 ? null : `connected by its kibana.keystore (${names.join(', ')})`
}

/** By a token, as an enrollment leaves it, rather than by a user. */
export function isEnrolled({ credentials }: ConnectedBy): boolean {
  return credentials.includes('elasticsearch.serviceAccountToken')
}
