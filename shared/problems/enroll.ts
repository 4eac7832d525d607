import { catalogue } from './catalogue.ts'

const refusedTokens = {
  expired: 'This token has expired.',
  invalidated: 'This token was taken back: somebody has invalidated its API key in the cluster.',
  unsaid: 'The cluster does not accept this token: it has expired, or was taken back.',
}

function whyNoMajority({ down, excluded }: { readonly down: readonly string[]; readonly excluded: readonly string[] }): string {
  const parts = [
    ...(excluded.length > 0 ? [`These nodes are excluded from voting: ${excluded.join(', ')}.`] : []),
    ...(down.length > 0 ? [`These nodes have a vote and are down (by ID): ${down.join(', ')}.`] : []),
  ]
  return parts.length > 0 ? parts.join(' ') : 'No other node of it may vote.'
}

function majorityRemedy({ down, excluded }: { readonly down: readonly string[]; readonly excluded: readonly string[] }): string {
  if (excluded.length > 0) return 'Allow the excluded nodes to vote again with DELETE /_cluster/voting_config_exclusions?wait_for_removal=false, then try again.'
  const [lost] = down
  if (lost === undefined) return 'Add another master-eligible node to the cluster, then try again.'
  return `Start the nodes that are down, then try again. If one no longer exists, take its vote away first: POST /_cluster/voting_config_exclusions?node_ids=${lost}, then DELETE /_cluster/voting_config_exclusions?wait_for_removal=false.`
}

/** Problems of the room `enroll`: using an enrollment token, and joining a cluster with it. */
export const enrollProblems = catalogue({
  token_needed: (known: { scope: 'node' | 'kibana' }) => ({
    exit: 2,
    message: `An enrollment token for ${known.scope === 'node' ? 'a node' : 'Kibana'} is needed.`,
    remedy: `Set ENROLLMENT_TOKEN, or give it on standard input with --token-stdin. A node of the cluster makes one: \`firstnode token --home … --scope ${known.scope}\`.`,
  }),
  token_newer: (known: { version: string }) => ({
    exit: 2,
    message: `This enrollment token is of a newer form (${known.version}) than this Firstnode knows (8.14.0).`,
    remedy: 'Use a newer Firstnode. Nothing was sent.',
    field: 'token',
  }),
  token_unreachable: (known: { tried: readonly string[] }) => ({
    exit: 6,
    message: `Nothing answers at any address of the token: ${known.tried.join('; ')}.`,
    remedy: 'See that the node that made the token runs, and that this machine reaches it: a firewall, or http.host: localhost over there, keep it away.',
  }),
  token_client_certificate: (known: { url: string }) => ({
    exit: 6,
    message: `The node at ${known.url} only accepts clients that present a certificate. Nodes and Kibana present none when they enroll, so an enrollment token does not work there.`,
    remedy: 'Set xpack.security.http.ssl.client_authentication: optional on that node, restart it, then enroll. You can set it back to required afterwards.',
  }),
  token_other_cluster: (known: { tried: readonly string[] }) => ({
    exit: 6,
    message: `What answers is not the cluster that made the token: ${known.tried.join('; ')}. Nothing was sent to it, not even the key of the token.`,
    remedy: 'Make a new token on a node of the cluster you mean, or look at what stands between the two machines. Compare the CA fingerprint on both sides.',
  }),
  token_refused: (known: { because: 'expired' | 'invalidated' | null }) => ({
    exit: 6,
    message: refusedTokens[known.because ?? 'unsaid'],
    remedy: 'Make a new one on a node of the cluster; it lives for 30 minutes: `firstnode token --home … --scope node` (for Kibana `--scope kibana`).',
    field: 'token',
  }),
  token_wrong_scope: (known: { wanted: 'node' | 'kibana' }) => ({
    exit: 6,
    message: known.wanted === 'node' ? 'This token is not for a node: the cluster lets it enroll something else, a Kibana most likely.' : 'This token is not for Kibana: the cluster lets it enroll something else, a node most likely.',
    remedy: `Make one for ${known.wanted === 'node' ? 'a node' : 'Kibana'}: \`firstnode token --home … --scope ${known.wanted}\`.`,
    field: 'token',
  }),
  enroll_answer_unreadable: (known: { what: string }) => ({
    exit: 6,
    message: `The cluster accepted the token, but its answer is not as it should be (${known.what}).`,
    remedy: 'Make sure that the node that made the token set up its security automatically (its http.p12 holds the key of the CA), then create a new token.',
  }),
  join_transport_local: (known: { addresses: readonly string[]; host: string }) => ({
    exit: 3,
    message: `The nodes of this cluster talk to each other on ${known.addresses.join(', ')}, which only ${known.host} itself reaches: a node on this machine could never join. Nothing was written.`,
    remedy: `Open transport there first: \`firstnode open --home DIR --transport-host ${known.host}\` on ${known.host}, or transport.host in its elasticsearch.yml and a restart. Then join with a new token.`,
  }),
  join_transport_unreachable: (known: { failed: readonly string[] }) => ({
    exit: 6,
    message: `The cluster answers on HTTP, but this machine does not reach its nodes on transport: ${known.failed.join('; ')}. Nothing was written.`,
    remedy: 'Let the transport port (9300 and up) through between the machines, in both directions. Where transport is bound to another address over there, open it: `firstnode open --home DIR --transport-host ADDRESS`.',
  }),
  join_no_master: (_: object) => ({
    exit: 6,
    message: 'The cluster has no master, so no node can join it. Nothing was written.',
    remedy: 'Start the other nodes of the cluster: a master is elected once more than half of the voting nodes are up. Then join again.',
  }),
  join_versions: (known: { node: string; cluster: string }) => ({
    exit: 3,
    message: `A node of Elasticsearch ${known.node} cannot join a cluster of ${known.cluster}. Nothing was written.`,
    remedy: `Take Elasticsearch ${known.cluster} for this node${Number.parseInt(known.node, 10) > Number.parseInt(known.cluster, 10) ? ', or upgrade the cluster first' : ', or a newer one of that major'}.`,
  }),
  join_alone: (known: { setting: string }) => ({
    exit: 3,
    message: `${known.setting} is set in elasticsearch.yml: this node would form a cluster of its own instead of joining one.`,
    remedy: `Take ${known.setting} out of elasticsearch.yml, then join.`,
  }),
  join_file_realm_off: (_: object) => ({
    exit: 3,
    message: 'The file realm is turned off in elasticsearch.yml. By it Firstnode asks the cluster whether it lists the new node. Nothing was written.',
    remedy: 'Take xpack.security.authc.realms.file.*.enabled: false out of elasticsearch.yml, then join. It can be written there again afterwards.',
  }),
  join_other_name: (known: { own: string; cluster: string }) => ({
    exit: 3,
    message: `elasticsearch.yml names the cluster "${known.own}", and the one of this token is called "${known.cluster}": the node would be turned away.`,
    remedy: 'Take cluster.name out of elasticsearch.yml: the name of the cluster is then written there.',
  }),
  join_name_taken: (known: { name: string }) => ({
    exit: 3,
    message: `The cluster already has a node named "${known.name}".`,
    remedy: 'Choose another node name: --node-name on the command line, "Advanced options" in the wizard.',
    field: 'nodeName',
  }),
  join_bootstrap: (known: { what: readonly string[]; remedies: readonly string[] }) => ({
    exit: 3,
    message: `The cluster is on other machines, so transport of this node must be open to the network, and Elasticsearch would end its start. ${known.what.join(' ')} Nothing was written.`,
    remedy: known.remedies.join(' '),
  }),
  undo_last_copies: (known: { indices: string }) => ({
    exit: 3,
    message: `This node holds data that no other node of the cluster has a copy of: ${known.indices}. Nothing was changed.`,
    remedy: 'Give these indices replicas, or move them away first (cluster.routing.allocation.exclude._name with the name of this node), and wait until the cluster is green.',
  }),
  leave_no_majority: (known: { node: string; down: readonly string[]; excluded: readonly string[] }) => ({
    exit: 3,
    message: `The cluster could not elect a master without ${known.node}. ${whyNoMajority(known)} Nothing was changed.`,
    remedy: majorityRemedy(known),
  }),
  vote_left: (known: { node: string | null; id: string | null }) => ({
    exit: 4,
    message: `The cluster may still count ${known.node ?? 'the removed node'} as a voter${known.id === null ? '' : ` (ID ${known.id})`}: it could not be asked.`,
    remedy: `Take the vote away on another node: POST /_cluster/voting_config_exclusions?${known.id === null ? `node_names=${known.node ?? 'NAME'}` : `node_ids=${known.id}`}, then DELETE /_cluster/voting_config_exclusions?wait_for_removal=false.`,
  }),
  vote_exclusion_left: (known: { id: string }) => ({
    exit: 4,
    message: `The cluster still excludes the removed node (ID ${known.id}) from voting: no other node could be reached over HTTPS. This does no harm, but a cluster has room for ten exclusions only.`,
    remedy: 'Clear the exclusions on another node: DELETE /_cluster/voting_config_exclusions?wait_for_removal=false.',
  }),
  join_interrupted: (known: { home: string }) => ({
    exit: 4,
    message: `Joining with ${known.home} was interrupted before the node had run.`,
    remedy: 'Join again with a token of the cluster.',
  }),
  join_not_admitted: (known: { cluster: string; seconds: number; why: string }) => ({
    exit: 4,
    message: `The node started, but the cluster "${known.cluster}" did not take it in within ${known.seconds} s: ${known.why}`,
    remedy: 'See the log of the node and of the master. The other nodes must reach this one on its transport port as well. Then join again.',
  }),
})
