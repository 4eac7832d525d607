import { isDeepStrictEqual } from 'node:util'
import { dump } from 'js-yaml'
import { Problem, problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { kibanaYmlText, readKibanaSettings, type KibanaSettings } from './kibana-settings.ts'

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
  /** the bytes to write: those of the old file stay as they are, whatever their encoding */
  readonly content: Buffer
  /** the same as Kibana decodes it */
  readonly text: string
  /** `appended` behind what was there, or `merged`: what was there became comments, and all settings were written anew below */
  readonly form: 'appended' | 'merged'
  /** settings that were there and have another value now, or went */
  readonly replaced: readonly string[]
}

const heading = '# This section was automatically generated during setup.'

/** UTF-8's, each byte as a character. */
const byteOrderMark = '\u00ef\u00bb\u00bf'

/** A service account token beside a user is refused by Kibana. */
const besidesToken = ['elasticsearch.username', 'elasticsearch.password'] as const

/**
 * The content of a `kibana.yml` that connects Kibana, written as Kibana's own set-up writes it: behind the old text,
 * or, where settings of the same names are in that, the old text as comments and all settings below. Where appending
 * would not be read back as meant (settings in braces, an end mark), it is merged as well; a user and password give way
 * to the token. What is returned was read back. Problems: `kibana_settings_broken`, `kibana_settings_utf16`,
 * `kibana_settings_not_kept`.
 */
export function connectedText(
  before: Uint8Array,
  connection: KibanaConnection,
  { path, at }: { readonly path: string; readonly at: Date },
): ConnectedText {
  const old = readKibanaSettings(kibanaYmlText(before, path), path)
  const ours = settingsOf(connection)
  const replaced = [...Object.keys(ours), ...besidesToken].filter((name) => Object.hasOwn(old, name))
  const kept = Object.entries({ ...old, ...ours }).filter(([name]) => !besidesToken.some((one) => one === name))
  const wanted = Object.fromEntries(kept)
  const appended = Buffer.concat([before, Buffer.from(`\n\n${heading}\n${written(ours)}\n`)])
  if (replaced.length === 0 && saysJust(appended, wanted, path)) return result(appended, 'appended', replaced)
  const merged = Buffer.concat([asComments(before, at), Buffer.from(`\n\n${heading}\n${written(wanted)}\n`)])
  if (!saysJust(merged, wanted, path)) throw problem('kibana_settings_not_kept', { path })
  return result(merged, 'merged', replaced)
}

function result(content: Buffer, form: ConnectedText['form'], replaced: readonly string[]): ConnectedText {
  return { content, text: content.toString('utf8'), form, replaced }
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

/** A line ends where js-yaml ends it, also at a lone carriage return. A byte order mark stays at the beginning. */
function asComments(before: Uint8Array, at: Date): Buffer {
  const when = at.toISOString()
  // Latin-1 gives every byte a character of its own, so that what is not UTF-8 comes back as it was.
  const text = Buffer.from(before).toString('latin1')
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : ''
  const comments = text.slice(mark.length).replace(/^(?![ \t]*(?:#|$))/gm, '#')
  const lines = [
    `${mark}### >>>>>>> BACKUP START: Kibana interactive setup (${when})\n`,
    comments,
    `### >>>>>>> BACKUP END: Kibana interactive setup (${when})`,
  ]
  return Buffer.from(lines.join('\n'), 'latin1')
}

function saysJust(content: Uint8Array, wanted: KibanaSettings, path: string): boolean {
  try {
    return isDeepStrictEqual({ ...readKibanaSettings(kibanaYmlText(content, path), path) }, wanted)
  } catch (thrown) {
    if (thrown instanceof Problem) return false
    throw thrown
  }
}
