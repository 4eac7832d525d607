/** What is known of a value: as it is read ('' for a map of settings), and whom it lets connect where it is a list of addresses. */
export interface SettingValueKnown {
  readonly says: string
  readonly hosts: readonly string[]
  readonly reach: 'this machine' | 'every address' | 'these addresses'
}

/** What a setting means that Firstnode writes; null where its value means something else. The full flat name is the code of the sentence. */
export type SettingNote = (known: SettingValueKnown) => string | null

const whereOn = (sentence: string): SettingNote => ({ says }) => (says === 'true' ? sentence : null)

const clientsReach: SettingNote = ({ hosts, reach }) =>
  reach === 'this machine'
    ? 'Only clients on this machine can connect.'
    : reach === 'every address' ? 'Clients can connect from this machine and the network, on every address.' : `Clients connect on ${hosts.join(' and ')}.`
const nodesReach: SettingNote = ({ hosts, reach }) =>
  reach === 'this machine'
    ? 'Only nodes on this machine can connect.'
    : reach === 'every address' ? 'Nodes on other machines can connect, on every address of this machine.' : `Other nodes connect on ${hosts.join(' and ')}.`

/** Settings of elasticsearch.yml. */
export const settingNotes: Readonly<Record<string, SettingNote>> = {
  'cluster.name': () => 'The name of the cluster.',
  'node.name': () => 'The name of this node.',
  'http.port': () => 'The port for clients, which use HTTPS.',
  'transport.port': () => 'The port for communication between nodes.',
  'http.host': clientsReach,
  'http.bind_host': clientsReach,
  'transport.host': nodesReach,
  'transport.bind_host': nodesReach,
  'xpack.security.enabled': whereOn('Turns on users, roles and passwords.'),
  'xpack.security.enrollment.enabled': whereOn('Lets Kibana and other nodes join with an enrollment token.'),
  'xpack.security.http.ssl': () => 'TLS for clients.',
  'xpack.security.http.ssl.enabled': whereOn('Clients connect with HTTPS only.'),
  'xpack.security.http.ssl.keystore.path': () => 'The certificate and key of this node for HTTPS, and the CA that signed the certificate.',
  'xpack.security.transport.ssl': () => 'TLS between nodes.',
  'xpack.security.transport.ssl.enabled': whereOn('Nodes communicate with TLS only.'),
  'xpack.security.transport.ssl.verification_mode': ({ says }) => (says === 'certificate' ? 'A node must have a certificate of this cluster. Its host name is not checked.' : null),
  'xpack.security.transport.ssl.keystore.path': () => 'The certificate and key that this node presents to other nodes.',
  'xpack.security.transport.ssl.truststore.path': () => 'The CA that must have signed the certificates of other nodes.',
  'cluster.initial_master_nodes': () => 'This node forms a new cluster. Other nodes can join it later.',
  'discovery.seed_hosts': () => 'The nodes that this node contacts to find its cluster.',
}

/** Settings of kibana.yml. */
export const kibanaSettingNotes: Readonly<Record<string, SettingNote>> = {
  'elasticsearch.hosts': () => 'The address of the cluster, checked just now.',
  'elasticsearch.serviceAccountToken': () => 'The token that Kibana authenticates with, for the service account elastic/kibana.',
  'elasticsearch.ssl.certificateAuthorities': () => 'The CA certificate that Kibana trusts.',
  'xpack.fleet.outputs': () => 'The same connection for Elastic Agents, if you use Fleet.',
}
