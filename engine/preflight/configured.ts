import type { Context } from './check.ts'
import { settingsUnder, settingText } from './settings.ts'

/**
 * Is security configured here already: by us, by Elasticsearch's first start, by the deb or rpm when it was installed, or by hand?
 * TLS of either layer or `xpack.security.enabled: true` counts, unless security is switched off.
 */
export function isConfigured({ settings, installation }: Pick<Context, 'settings' | 'installation'>): boolean {
  if (settings === null) return installation.state === 'configured'
  const enabled = settingText(settings, 'xpack.security.enabled')
  if (enabled === 'false') return false
  return enabled === 'true' || tlsSettings(settings).length > 0 || installation.layout === 'package'
}

/** The names under which TLS is set, as the auto-configuration looks for them. */
export function tlsSettings(settings: NonNullable<Context['settings']>): readonly string[] {
  return [...settingsUnder(settings, 'xpack.security.transport.ssl.'), ...settingsUnder(settings, 'xpack.security.http.ssl.')]
}
