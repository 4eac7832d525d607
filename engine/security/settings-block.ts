import { settingText, type Settings } from '../preflight/settings.ts'
import { bareHost } from '../network/ip-address.ts'
import type { JoiningWanted, SettingsWanted } from './settings-edit.ts'
import { yamlList, yamlText } from './yaml-value.ts'

/** elasticsearch-reconfigure-node looks for these two lines. */
export const blockBegin = '#----------------------- BEGIN SECURITY AUTO CONFIGURATION -----------------------'
export const blockEnd = '#----------------------- END SECURITY AUTO CONFIGURATION -------------------------'

/** A line of the block. */
export interface BlockLine {
  readonly text: string
  /** flat names it sets → what they say then */
  readonly sets?: readonly (readonly [string, string])[]
}

/** A value as it is written, and as Elasticsearch reads it then. */
export interface SettingValue {
  readonly yaml: string
  readonly says: string
}

const transportComment = '#transport.host: 0.0.0.0'

/** What the comments of the block mean, by their text: the settings in it are explained by their names. */
export const blockComments: Readonly<Record<string, string>> = {
  [blockBegin]: 'The security settings begin here. Elasticsearch’s own reconfigure tool looks for this line.',
  [transportComment]: 'Not active: for now, only nodes on this machine can join.',
  [blockEnd]: 'The security settings end here.',
}

const transportHostSettings = ['transport.host', 'transport.bind_host', 'transport.publish_host']
const httpHostSettings = ['http.host', 'http.bind_host', 'http.publish_host']
const networkHostSettings = ['network.host', 'network.bind_host', 'network.publish_host']

/** The security settings of a first node, or of one that joins others: which ones, with `settings` as they stand, follows AutoConfigureNode, found by running it. */
export function securityBlock(wanted: SettingsWanted, settings: Settings): BlockLine[] {
  const hasAny = (keys: readonly string[]): boolean => keys.some((key) => settings.has(key))
  const { chosen, nodeName, now, joins } = wanted
  const alone = settingText(settings, 'discovery.type') === 'single-node' || settings.has('cluster.initial_master_nodes')
  const asked = chosen.httpHost !== null && !settings.has('http.host') && !settings.has('http.bind_host') ? chosen.httpHost : null
  const httpHost = asked ?? (hasAny([...httpHostSettings, ...networkHostSettings]) ? null : '0.0.0.0')
  return [
    { text: blockBegin },
    { text: '#' },
    { text: `# Written on ${stamp(now)} (UTC) when this node was set up. What they need lies in the` },
    { text: '# folder certs and in elasticsearch.keystore.' },
    { text: '#' },
    { text: '' },
    { text: '# Users and passwords' },
    setting('xpack.security.enabled', 'true'),
    { text: '' },
    ...(settings.has('xpack.security.enrollment.enabled')
      ? []
      : [setting('xpack.security.enrollment.enabled', 'true'), { text: '' }]),
    { text: '# TLS between this node and its clients, such as Kibana' },
    { text: 'xpack.security.http.ssl:' },
    nested('xpack.security.http.ssl', 'enabled', 'true'),
    nested('xpack.security.http.ssl', 'keystore.path', 'certs/http.p12'),
    { text: '' },
    { text: '# TLS between the nodes of the cluster' },
    { text: 'xpack.security.transport.ssl:' },
    nested('xpack.security.transport.ssl', 'enabled', 'true'),
    nested('xpack.security.transport.ssl', 'verification_mode', 'certificate'),
    nested('xpack.security.transport.ssl', 'keystore.path', 'certs/transport.p12'),
    nested('xpack.security.transport.ssl', 'truststore.path', 'certs/transport.p12'),
    ...(joins === undefined ? firstOfCluster(alone, nodeName) : othersOfCluster(joins)),
    ...(httpHost === null
      ? []
      : [
          { text: '' },
          { text: '# Where clients reach this node: encrypted, and with a password' },
          { text: `http.host: ${hostValue(httpHost).yaml}`, sets: [['http.host', hostValue(httpHost).says] as const] },
        ]),
    ...(hasAny([...transportHostSettings, ...networkHostSettings]) ? [] : transportHost(joins?.remote ?? false)),
    { text: '' },
    { text: blockEnd },
  ]
}

function firstOfCluster(alone: boolean, nodeName: string): BlockLine[] {
  if (alone) return []
  return [
    { text: '' },
    { text: '# A new cluster of this node; others can join it later' },
    {
      text: `cluster.initial_master_nodes: ${yamlList([nodeName])}`,
      sets: [['cluster.initial_master_nodes', `[${nodeName}]`] as const],
    },
  ]
}

function othersOfCluster({ seedHosts }: JoiningWanted): BlockLine[] {
  const { yaml, says } = listValue(seedHosts)
  return [
    { text: '' },
    { text: '# The nodes of the cluster that this node joins' },
    { text: `discovery.seed_hosts: ${yaml}`, sets: [['discovery.seed_hosts', says] as const] },
  ]
}

/** Stock leaves it to localhost, but for a node whose cluster is on other machines. */
function transportHost(open: boolean): BlockLine[] {
  if (!open)
    return [
      { text: '' },
      { text: '# Without the # nodes on other machines can join: encrypted, and with a certificate' },
      { text: transportComment },
    ]
  return [
    { text: '' },
    { text: '# Where the nodes on other machines reach this one: encrypted, and with a certificate' },
    { text: 'transport.host: 0.0.0.0', sets: [['transport.host', '0.0.0.0']] },
  ]
}

function setting(key: string, value: string): BlockLine {
  return { text: `${key}: ${value}`, sets: [[key, value]] }
}

function nested(map: string, key: string, value: string): BlockLine {
  return { text: `  ${key}: ${value}`, sets: [[`${map}.${key}`, value]] }
}

export const listValue = (texts: readonly string[]): SettingValue => ({ yaml: yamlList(texts), says: `[${texts.join(', ')}]` })

/** Addresses divided by commas, as the value of a host setting. */
export function hostValue(hosts: string): SettingValue {
  const each = hosts.split(',').map(bareHost)
  const [first = ''] = each
  return each.length > 1 ? listValue(each) : { yaml: yamlText(first), says: first }
}

function stamp(at: Date): string {
  return at.toISOString().replace('T', ' ').replace(/\.\d+Z$/, '')
}
