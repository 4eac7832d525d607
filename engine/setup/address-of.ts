import type { Installation } from '../../shared/contract/installation.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import { settingList, settingText } from '../preflight/settings.ts'
import { urlHost } from './url-host.ts'

/** Where a node answers by its own settings, and whether TLS is on there. */
export interface NodeAddress {
  readonly url: string
  readonly secured: boolean
}

/** The address that the settings of this home give: `https://localhost:9200` or what they name. Settings that cannot be read give the default. */
export async function addressOf(installation: Pick<Installation, 'config' | 'home' | 'ports'>): Promise<NodeAddress> {
  const { settings } = await readHomeSettings(installation.home, installation.config)
  const named = (['http.publish_host', 'http.host', 'network.publish_host', 'network.host'] as const)
    .map((name) => settingList(settings, name).join(','))
    .find((host) => host !== '')
  const secured = settingText(settings, 'xpack.security.http.ssl.enabled') === 'true'
  const port = settingText(settings, 'http.publish_port') ?? String(installation.ports.http)
  return { url: `${secured ? 'https' : 'http'}://${urlHost(named ?? 'localhost')}:${port}`, secured }
}
