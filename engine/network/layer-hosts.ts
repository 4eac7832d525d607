import { settingList, type Settings } from '../preflight/settings.ts'

type Layer = 'http' | 'transport'

/**
 * The hosts that a layer binds to, as the settings name them; empty where they name none (`_local_` then). A layer's own
 * `bind_host`, which falls back to its `host`, comes before everything of `network`; before both, for transport, that of
 * its default profile (AbstractHttpServerTransport, TcpTransport.ProfileSettings, NetworkService).
 */
export function bindHostsOf(settings: Settings, layer: Layer): readonly string[] {
  return hostsOfLayer(settings, layer, 'bind_host')?.hosts ?? []
}

/** The hosts that a layer publishes, of which Elasticsearch chooses one; in the order of `bindHostsOf`. */
export function publishHostsOf(settings: Settings, layer: Layer): readonly string[] {
  return hostsOfLayer(settings, layer, 'publish_host')?.hosts ?? []
}

/** The hosts that a setting names, and which setting. */
export interface LayerHosts {
  readonly setting: string
  readonly hosts: readonly string[]
}

/** The hosts of a layer with the setting that names them; null where none does. */
export function hostsOfLayer(settings: Settings, layer: Layer, which: 'bind_host' | 'publish_host'): LayerHosts | null {
  const profile = layer === 'transport' ? [`transport.profiles.default.${which}`] : []
  const names = [...profile, `${layer}.${which}`, `${layer}.host`, `network.${which}`, 'network.host']
  const setting = names.find((name) => settingList(settings, name).length > 0)
  if (setting === undefined) return null
  // Java takes an empty host for the loopback address.
  return { setting, hosts: settingList(settings, setting).map((host) => (host === '' ? '127.0.0.1' : host)) }
}
