import { catalogue } from './catalogue.ts'
import { wordsOfHostTrouble, type HostTrouble } from './host-trouble.ts'

/** Problems of the room `transport`: letting nodes of other machines in, and keeping them out again. */
export const transportProblems = catalogue({
  bad_transport_host: (known: { host: string; why: string }) => ({
    exit: 3,
    message: `${known.host} cannot be used for transport.host: it ${known.why}.`,
    remedy: 'Enter an IP address or host name of this machine, or a special value: _site_, _global_, _local_, _eth0_, _eth0:ipv4_. Separate several with commas.',
    field: 'hosts',
  }),
  transport_host_not_here: (known: { host: string; trouble: HostTrouble; here: readonly string[] }) => ({
    exit: 3,
    message: `Transport cannot bind to ${known.host}: ${wordsOfHostTrouble(known.trouble)}.`,
    remedy: known.here.length === 0 ? 'This machine has no address that other machines can reach. Connect it to a network first.' : `Choose an address of this machine: ${known.here.join(', ')}.`,
    field: 'hosts',
  }),
  transport_host_mixed: (known: { host: string }) => ({
    exit: 3,
    message: `${known.host} means every address, and Elasticsearch does not accept it together with others.`,
    remedy: 'Use it alone, or leave it out.',
    field: 'hosts',
  }),
  transport_single_node: (known: { home: string }) => ({
    exit: 3,
    message: `The settings of ${known.home} say discovery.type: single-node, which lets no other node in, whatever transport is bound to.`,
    remedy: 'Take that setting out of elasticsearch.yml, start the node again, then open it.',
  }),
  transport_profiles: (known: { setting: string }) => ({
    exit: 3,
    message: `elasticsearch.yml sets ${known.setting}, which comes before transport.host.`,
    remedy: 'Change it there by hand, or take the profile out, then try again.',
  }),
  transport_published_elsewhere: (known: { setting: string; host: string }) => ({
    exit: 3,
    message: `elasticsearch.yml sets ${known.setting}: ${known.host}. Nodes of other machines would be told to look for this one at their own localhost.`,
    remedy: `Take ${known.setting} out of elasticsearch.yml, or give it an address that other machines reach, then try again.`,
  }),
  bootstrap_checks_foreseen: (known: { what: readonly string[]; remedies: readonly string[] }) => ({
    exit: 3,
    message: `Elasticsearch would refuse to start once other machines can reach its transport. ${known.what.join(' ')} Nothing was changed.`,
    remedy: known.remedies.join(' '),
  }),
  transport_not_bound: (known: { wanted: readonly string[]; bound: readonly string[] }) => ({
    exit: 4,
    message: `The node started, but its transport is bound to ${known.bound.join(', ')}, not to ${known.wanted.join(', ')}.`,
    remedy: 'Something else decides what it binds to: an option of the service, say. Look for transport.host there.',
  }),
  transport_not_reached: (known: { address: string }) => ({
    exit: 4,
    message: `The node says that its transport is at ${known.address}, and nothing answers there.`,
    remedy: 'See whether a firewall of this machine keeps it closed, then try again.',
  }),
  nothing_opened: (known: { home: string }) => ({
    exit: 3,
    message: `Firstnode has not opened the transport of ${known.home}, so there is nothing to put back.`,
    remedy: 'Change transport.host by hand, or bind it to this machine: firstnode open --transport-host _local_ --home …',
  }),
  transport_nodes_elsewhere: (known: { nodes: readonly string[] }) => ({
    exit: 3,
    message: `Nodes of other machines are in the cluster (${known.nodes.join(', ')}). Closed, this one would be cut off from them.`,
    remedy: `Take them out of the cluster first: move their shards away, then their votes (POST _cluster/voting_config_exclusions?node_names=${known.nodes.join(',')}), then stop them.`,
  }),
  opened_below_others: (known: { title: string }) => ({
    exit: 3,
    message: `After transport was opened, something else was changed here: ${known.title}. That stands on it.`,
    remedy: 'Bind transport to this machine instead: firstnode open --transport-host _local_ --home …',
  }),
})
