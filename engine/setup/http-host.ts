import { listed } from '../installation/home-settings.ts'
import type { Settings } from '../preflight/settings.ts'

/**
 * The hosts that HTTP binds to, as the settings name them; empty where they name none, which means `_local_`. `http.bind_host`, which falls
 * back to `http.host`, comes before everything of `network` (org.elasticsearch.http.AbstractHttpServerTransport, NetworkService).
 */
export function httpHostsOf(settings: Settings): readonly string[] {
  return firstNamed(settings, ['http.bind_host', 'http.host', 'network.bind_host', 'network.host'])
}

/**
 * The host that HTTP says others should use: the first of those named; null where none is, which means `_local_`: a bind host
 * alone publishes nothing.
 */
export function publishHostOf(settings: Settings): string | null {
  return firstNamed(settings, ['http.publish_host', 'http.host', 'network.publish_host', 'network.host'])[0] ?? null
}

function firstNamed(settings: Settings, names: readonly string[]): readonly string[] {
  return names.map((name) => listed(settings, name)).find((hosts) => hosts.length > 0) ?? []
}
