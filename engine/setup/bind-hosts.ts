import { listed } from '../installation/home-settings.ts'
import type { Settings } from '../preflight/settings.ts'

/**
 * The hosts that a layer binds to, as the settings name them; empty where they name none. A layer's own `bind_host`, which falls back to its `host`,
 * comes before everything of `network` (AbstractHttpServerTransport, TransportSettings, NetworkService).
 */
export function bindHostsOf(settings: Settings, layer: 'http' | 'transport'): readonly string[] {
  const names = [`${layer}.bind_host`, `${layer}.host`, 'network.bind_host', 'network.host']
  return names.map((name) => listed(settings, name)).find((hosts) => hosts.length > 0) ?? []
}
