import { settingList, type Settings } from '../preflight/settings.ts'

type Layer = 'http' | 'transport'

/**
 * The hosts that a layer binds to, as the settings name them; empty where they name none (`_local_` then). A layer's own
 * `bind_host`, which falls back to its `host`, comes before everything of `network`; before both, for transport, that of
 * its default profile (AbstractHttpServerTransport, TcpTransport.ProfileSettings, NetworkService).
 */
export function bindHostsOf(settings: Settings, layer: Layer): readonly string[] {
  return hostsOf(settings, layer, 'bind_host')
}

/** The hosts that a layer publishes, of which Elasticsearch chooses one; in the order of `bindHostsOf`. */
export function publishHostsOf(settings: Settings, layer: Layer): readonly string[] {
  return hostsOf(settings, layer, 'publish_host')
}

function hostsOf(settings: Settings, layer: Layer, which: 'bind_host' | 'publish_host'): readonly string[] {
  const profile = layer === 'transport' ? [`transport.profiles.default.${which}`] : []
  const names = [...profile, `${layer}.${which}`, `${layer}.host`, `network.${which}`, 'network.host']
  const hosts = names.map((name) => settingList(settings, name)).find((some) => some.length > 0) ?? []
  // Java takes an empty host for the loopback address.
  return hosts.map((host) => (host === '' ? '127.0.0.1' : host))
}
