import { load } from 'js-yaml'
import { problem } from '../../shared/problems/problem.ts'

/** The settings of a `kibana.yml`, by their full names: `elasticsearch.hosts`, and what is nested flattened. Lists stay lists. */
export type KibanaSettings = Readonly<Record<string, unknown>>

/** Reads a `kibana.yml` as Kibana does. Problem: `kibana_settings_broken`, where Kibana could not start with it either. */
export function readKibanaSettings(text: string, path: string): KibanaSettings {
  const read = parsed(text, path) ?? {}
  if (typeof read !== 'object' || Array.isArray(read)) throw problem('kibana_settings_broken', { path, why: 'it holds no settings, but a list or a single value' })
  try {
    return flatSettings(read as Record<string, unknown>)
  } catch (thrown) {
    throw problem('kibana_settings_broken', { path, why: 'a setting contains itself' }, { cause: thrown })
  }
}

/** A `kibana.yml` as Kibana decodes it: what is not UTF-8 becomes U+FFFD. Problem: `kibana_settings_utf16`. */
export function kibanaYmlText(bytes: Uint8Array, path: string): string {
  const [first, second] = bytes
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  if (isMarked || bytes.includes(0)) throw problem('kibana_settings_utf16', { path })
  return Buffer.from(bytes).toString('utf8')
}

/** Settings by their full names, however they are nested. Kibana does not split a name in brackets (`[a.b]`). */
export function flatSettings(nested: Readonly<Record<string, unknown>>): KibanaSettings {
  return Object.fromEntries(flattened(nested, ''))
}

/** One text setting; null where it is not there or no text, number or flag. */
export function kibanaText(settings: KibanaSettings, name: string): string | null {
  const value = settings[name]
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** What says that somebody connected this Kibana with a cluster already. */
export interface ConnectedBy {
  /** the addresses that it is connected with; those of a Kibana out of the box count as none */
  readonly hosts: readonly string[]
  /** names of settings: user, password, service account token */
  readonly credentials: readonly string[]
}

const credentialNames = ['elasticsearch.username', 'elasticsearch.password', 'elasticsearch.serviceAccountToken'] as const
/** All that a connection is made of. */
const connecting = ['elasticsearch.hosts', ...credentialNames, 'elasticsearch.ssl.certificateAuthorities', 'xpack.fleet.outputs'] as const
const outOfTheBox = 'http://localhost:9200'

/** By what a Kibana is connected already; null where it is not, and would ask for a token by itself. */
export function connectedBy(settings: KibanaSettings): ConnectedBy | null {
  const credentials = credentialNames.filter((name) => Object.hasOwn(settings, name))
  const named = settings['elasticsearch.hosts']
  const hosts = (Array.isArray(named) ? named : named === undefined || named === null ? [] : [named]).map(String)
  const ownHosts = hosts.length === 1 && hosts[0] === outOfTheBox ? [] : hosts
  return credentials.length === 0 && ownHosts.length === 0 ? null : { hosts: ownHosts, credentials }
}

/** Names of settings there that say what a connection says: hosts, credentials, authorities, outputs. */
export function connectingNames(settings: KibanaSettings): string[] {
  return connecting.filter((name) => Object.hasOwn(settings, name))
}

/** By the reader that Kibana uses, with its defaults. */
function parsed(text: string, path: string): unknown {
  try {
    return load(text)
  } catch (thrown) {
    // Brackets without end exhaust its stack, which is no exception of its own.
    const { reason, mark } = thrown as { readonly reason?: string; readonly mark?: { readonly line: number } }
    const line = mark === undefined ? '' : ` in line ${mark.line + 1}`
    throw problem('kibana_settings_broken', { path, why: `${reason ?? 'it is not valid YAML'}${line}` }, { cause: thrown })
  }
}

function flattened(from: Readonly<Record<string, unknown>>, above: string): [string, unknown][] {
  const whole = Object.entries(from).filter(([key]) => above !== '' && isInBrackets(key))
  const split = Object.entries(from).flatMap(([key, value]): [string, unknown][] => {
    if (isInBrackets(key)) return above === '' ? [[key, value]] : []
    const name = above === '' ? key : `${above}.${key}`
    return isMap(value) && Object.keys(value).length > 0 ? flattened(value, name) : [[name, value]]
  })
  return whole.length === 0 ? split : [[above, Object.fromEntries(whole)], ...split]
}

function isInBrackets(key: string): boolean {
  return key.startsWith('[') && key.endsWith(']')
}

/** A date is an object too. */
function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]'
}
