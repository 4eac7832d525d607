import { isDeepStrictEqual } from 'node:util'
import { dump } from 'js-yaml'
import { Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { readKibanaSettings, type KibanaSettings } from './kibana-settings.ts'

/** What Kibana needs to know of a cluster. */
export interface KibanaConnection {
  /** `https://host:port`, as it answered */
  readonly url: string
  readonly serviceToken: Secret
  /** where the CA certificate will lie */
  readonly caPath: string
  /** SHA-256 of the CA's DER, in hex */
  readonly caFingerprint: string
}

export interface ConnectedText {
  readonly text: string
  /** `appended` behind what was there, or `merged`: what was there became comments, and all settings were written anew below */
  readonly form: 'appended' | 'merged'
  /** settings that were there and have another value now, or went */
  readonly replaced: readonly string[]
}

const heading = '# This section was automatically generated during setup.'

/** A service account token beside a user is refused by Kibana. */
const besidesToken = ['elasticsearch.username', 'elasticsearch.password'] as const

/**
 * The text of a `kibana.yml` that connects Kibana, written as Kibana's own set-up writes it: behind the old text, or, where settings of the same
 * names are in that, the old text as comments and all settings below. Where appending would not be read back as meant (settings in braces, an end mark), it is merged as well;
 * a user and password give way to the token. Problem: `kibana_settings_broken`.
 */
export function connectedText(before: string, connection: KibanaConnection, { path, at }: { readonly path: string; readonly at: Date }): ConnectedText {
  const old = readKibanaSettings(before, path)
  const ours = settingsOf(connection)
  const replaced = [...Object.keys(ours), ...besidesToken].filter((name) => Object.hasOwn(old, name))
  const wanted = Object.fromEntries(Object.entries({ ...old, ...ours }).filter(([name]) => !besidesToken.some((one) => one === name)))
  const appended = `${before}\n\n${heading}\n${written(ours)}\n`
  if (replaced.length === 0 && saysJust(appended, wanted, path)) return { text: appended, form: 'appended', replaced }
  return { text: `${asComments(before, at)}\n\n${heading}\n${written(wanted)}\n`, form: 'merged', replaced }
}

/** The settings themselves, in Kibana's order. */
export function settingsOf({ url, serviceToken, caPath, caFingerprint }: KibanaConnection): KibanaSettings {
  const output = { id: 'fleet-default-output', name: 'default', is_default: true, is_default_monitoring: true, type: 'elasticsearch', hosts: [url], ca_trusted_fingerprint: caFingerprint }
  return {
    'elasticsearch.hosts': [url],
    'elasticsearch.serviceAccountToken': serviceToken.reveal(),
    'elasticsearch.ssl.certificateAuthorities': [caPath],
    'xpack.fleet.outputs': [output],
  }
}

/** A setting a line, lists and what is nested within it: `elasticsearch.hosts: ['https://…']`. */
function written(settings: KibanaSettings): string {
  return dump(settings, { flowLevel: 1, lineWidth: -1 })
}

function asComments(text: string, at: Date): string {
  const when = at.toISOString()
  const lines = text.split('\n').map((line) => (line.trim() === '' || line.trim().startsWith('#') ? line : `#${line}`))
  return [`### >>>>>>> BACKUP START: Kibana interactive setup (${when})\n`, ...lines, `### >>>>>>> BACKUP END: Kibana interactive setup (${when})`].join('\n')
}

function saysJust(text: string, wanted: KibanaSettings, path: string): boolean {
  try {
    return isDeepStrictEqual({ ...readKibanaSettings(text, path) }, wanted)
  } catch (thrown) {
    if (thrown instanceof Problem) return false
    throw thrown
  }
}
