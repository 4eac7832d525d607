import { problem } from '../../shared/problems/problem.ts'
import type { Environment } from '../preflight/placeholders.ts'
import { readSettings, settingList, settingText, type Settings } from '../preflight/settings.ts'
import { replaceYamlValue } from './yaml-edit.ts'
import { yamlList, yamlText } from './yaml-value.ts'

/** What `elasticsearch.yml` shall say. `null` leaves a setting as it is. */
export interface SettingsWanted {
  /** as the node will call itself, whether chosen or not */
  readonly nodeName: string
  readonly chosen: {
    readonly nodeName: string | null
    readonly clusterName: string | null
    readonly httpPort: number | null
    readonly transportPort: number | null
    /** addresses divided by commas */
    readonly httpHost: string | null
  }
  readonly now: Date
}

/** The new text of the file, and what each line that was added means, by the trimmed text of the line. */
export interface SettingsEdited {
  readonly text: string
  readonly lineNotes: Readonly<Record<string, string>>
}

/** elasticsearch-reconfigure-node looks for these two lines. */
export const blockBegin = '#----------------------- BEGIN SECURITY AUTO CONFIGURATION -----------------------'
export const blockEnd = '#----------------------- END SECURITY AUTO CONFIGURATION -------------------------'

/**
 * Adds the security settings of a first node to the text of an `elasticsearch.yml`, and what was chosen: values that stand there are replaced in
 * place, others are added below their own commented-out line or before the block. All else stays as it is, line ends included. The result is read again as
 * Elasticsearch reads it (with `env`) before it is given. Rules: AutoConfigureNode, by running it. Problems: `settings_not_editable`, `settings_…` of preflight.
 */
export function configureSettings(text: string, wanted: SettingsWanted, env: Environment): SettingsEdited {
  const settings = readSettings(text, env)
  const notes: Record<string, string> = {}
  const expected = new Map<string, string>()
  const added: string[] = []
  let edited = text
  for (const { key, value, note } of namedSettings(wanted, settings)) {
    expected.set(key, value.says)
    notes[`${key}: ${value.yaml}`] = note
    const inPlace = settings.has(key) ? replaceYamlValue(edited, key, value.yaml) : null
    if (settings.has(key) && inPlace === null) throw problem('settings_not_editable', { path: 'elasticsearch.yml', key })
    const withLine = inPlace ?? belowComment(edited, key, `${key}: ${value.yaml}`)
    if (withLine === null) added.push(`${key}: ${value.yaml}`)
    else edited = withLine
  }
  const block = blockLines(wanted, settings)
  for (const line of block) {
    if (line.note !== undefined) notes[line.text.trim()] = line.note
    for (const [key, says] of line.sets ?? []) expected.set(key, says)
  }
  const result = append(edited, [...chosenLines(added), '', ...block.map((line) => line.text)])
  verify(settings, readSettings(result, env), expected)
  return { text: result, lineNotes: notes }
}

interface NamedSetting {
  readonly key: string
  readonly value: { readonly yaml: string; readonly says: string }
  readonly note: string
}

/** Settings with a place of their own in the file: what a person chose, where the file does not say it already. */
function namedSettings({ chosen, nodeName }: SettingsWanted, settings: Settings): NamedSetting[] {
  const text = (key: string, value: string | number | null, note: string): NamedSetting[] => {
    if (value === null || settingText(settings, key) === String(value)) return []
    return [{ key, value: { yaml: typeof value === 'number' ? String(value) : yamlText(value), says: String(value) }, note }]
  }
  const masters = settingList(settings, 'cluster.initial_master_nodes')
  const otherMaster = settings.has('cluster.initial_master_nodes') && (masters.length !== 1 || masters[0] !== nodeName)
  const boundTo = ['http.bind_host', 'http.host'].find((key) => settings.has(key))
  return [
    ...text('cluster.name', chosen.clusterName, 'The name of the cluster.'),
    ...text('node.name', chosen.nodeName, 'The name of this node.'),
    ...text('http.port', chosen.httpPort, 'Where clients connect by HTTPS.'),
    ...text('transport.port', chosen.transportPort, 'Where the nodes of the cluster talk to each other.'),
    ...(otherMaster ? [{ key: 'cluster.initial_master_nodes', value: listValue([nodeName]), note: masterNote }] : []),
    ...(chosen.httpHost === null || boundTo === undefined || settingText(settings, boundTo) === chosen.httpHost
      ? []
      : [{ key: boundTo, value: hostValue(chosen.httpHost), note: hostNote(chosen.httpHost) }]),
  ]
}

interface BlockLine {
  readonly text: string
  readonly note?: string
  /** flat names it sets → what they say then */
  readonly sets?: readonly (readonly [string, string])[]
}

const masterNote = 'This node alone forms the new cluster; others join it.'
const transportHostSettings = ['transport.host', 'transport.bind_host', 'transport.publish_host']
const httpHostSettings = ['http.host', 'http.bind_host', 'http.publish_host']
const networkHostSettings = ['network.host', 'network.bind_host', 'network.publish_host']

function blockLines(wanted: SettingsWanted, settings: Settings): BlockLine[] {
  const hasAny = (keys: readonly string[]): boolean => keys.some((key) => settings.has(key))
  const { chosen, nodeName, now } = wanted
  const alone = settingText(settings, 'discovery.type') === 'single-node' || settings.has('cluster.initial_master_nodes')
  const asked = chosen.httpHost !== null && !settings.has('http.host') && !settings.has('http.bind_host') ? chosen.httpHost : null
  const httpHost = asked ?? (hasAny([...httpHostSettings, ...networkHostSettings]) ? null : '0.0.0.0')
  return [
    { text: blockBegin, note: 'Where the security settings begin. Elasticsearch’s own reconfigure tool looks for this line.' },
    { text: '#' },
    { text: `# Written on ${stamp(now)} (UTC) when this node was set up. What they need lies in the` },
    { text: '# folder certs and in elasticsearch.keystore.' },
    { text: '#' },
    { text: '' },
    { text: '# Users and passwords' },
    setting('xpack.security.enabled', 'true', 'Users must say who they are, and may do what their roles allow.'),
    { text: '' },
    ...(settings.has('xpack.security.enrollment.enabled')
      ? []
      : [setting('xpack.security.enrollment.enabled', 'true', 'Kibana and further nodes can be added with enrollment tokens.'), { text: '' }]),
    { text: '# TLS between this node and its clients, such as Kibana' },
    { text: 'xpack.security.http.ssl:', note: 'TLS for clients.' },
    nested('xpack.security.http.ssl', 'enabled', 'true', 'On: clients connect by HTTPS only.'),
    nested('xpack.security.http.ssl', 'keystore.path', 'certs/http.p12', 'This node’s certificate, its key, and the certificate authority that clients trust.'),
    { text: '' },
    { text: '# TLS between the nodes of the cluster' },
    { text: 'xpack.security.transport.ssl:', note: 'TLS between nodes.' },
    nested('xpack.security.transport.ssl', 'enabled', 'true', 'On: nodes talk encrypted only.'),
    nested('xpack.security.transport.ssl', 'verification_mode', 'certificate', 'A node must show a certificate of this cluster; its host name does not matter.'),
    nested('xpack.security.transport.ssl', 'keystore.path', 'certs/transport.p12', 'What nodes show each other.'),
    nested('xpack.security.transport.ssl', 'truststore.path', 'certs/transport.p12', 'Whom nodes trust.'),
    ...(alone
      ? []
      : [
          { text: '' },
          { text: '# A new cluster of this node; others can join it later' },
          {
            text: `cluster.initial_master_nodes: ${yamlList([nodeName])}`,
            note: masterNote,
            sets: [['cluster.initial_master_nodes', `[${nodeName}]`] as const],
          },
        ]),
    ...(httpHost === null
      ? []
      : [
          { text: '' },
          { text: '# Where clients reach this node: encrypted, and with a password' },
          { text: `http.host: ${hostValue(httpHost).yaml}`, note: hostNote(httpHost), sets: [['http.host', hostValue(httpHost).says] as const] },
        ]),
    ...(hasAny([...transportHostSettings, ...networkHostSettings])
      ? []
      : [
          { text: '' },
          { text: '# Without the # nodes on other machines can join: encrypted, and with a certificate' },
          { text: '#transport.host: 0.0.0.0', note: 'Not active: for now only nodes on this machine can join.' },
        ]),
    { text: '' },
    { text: blockEnd, note: 'Where the security settings end.' },
  ]
}

function setting(key: string, value: string, note: string): BlockLine {
  return { text: `${key}: ${value}`, note, sets: [[key, value]] }
}

function nested(map: string, key: string, value: string, note: string): BlockLine {
  return { text: `  ${key}: ${value}`, note, sets: [[`${map}.${key}`, value]] }
}

const listValue = (texts: readonly string[]): NamedSetting['value'] => ({ yaml: yamlList(texts), says: `[${texts.join(', ')}]` })

function hostValue(hosts: string): NamedSetting['value'] {
  const each = hosts.split(',').map((host) => host.trim())
  return each.length > 1 ? listValue(each) : { yaml: yamlText(hosts.trim()), says: hosts.trim() }
}

function hostNote(hosts: string): string {
  const local = hosts.split(',').every((host) => ['localhost', '127.0.0.1', '::1', '_local_'].includes(host.trim()))
  if (local) return 'Clients on this machine only.'
  return hosts.trim() === '0.0.0.0' ? 'Clients on this machine and on the network, on every address of it.' : `Clients reach it on ${hosts.trim()}.`
}

function chosenLines(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', '# Chosen when this node was set up', ...lines]
}

/** The line of a template that shows the setting, commented out: a person would write below it. */
function belowComment(text: string, key: string, line: string): string | null {
  const pattern = new RegExp(`^#[ \\t]?${key.replaceAll('.', '\\.')}[ \\t]*:.*(\\r?\\n)`, 'gm')
  const last = [...text.matchAll(pattern)].at(-1)
  if (last === undefined) return null
  const at = last.index + last[0].length
  return `${text.slice(0, at)}${line}${last[1] ?? '\n'}${text.slice(at)}`
}

function append(text: string, lines: readonly string[]): string {
  const lineEnd = /\r\n/.test(text) ? '\r\n' : '\n'
  const before = text === '' || /[\r\n]$/.test(text) ? text : text + lineEnd
  return before + lines.map((line) => line + lineEnd).join('')
}

/** Nothing but what was wanted may have changed. A value that refers to another setting may say something else now. */
function verify(before: Settings, after: Settings, expected: ReadonlyMap<string, string>): void {
  for (const key of new Set([...before.keys(), ...after.keys(), ...expected.keys()])) {
    const wanted = expected.get(key) ?? settingText(before, key)
    if (settingText(after, key) !== wanted) throw problem('settings_not_editable', { path: 'elasticsearch.yml', key })
  }
}

function stamp(at: Date): string {
  return at.toISOString().replace('T', ' ').replace(/\.\d+Z$/, '')
}
