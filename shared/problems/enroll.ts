import { catalogue } from './catalogue.ts'

/** Problems of the room `enroll`: using an enrollment token, and joining a cluster with it. */
export const enrollProblems = catalogue({
  token_newer: (known: { version: string }) => ({
    exit: 2,
    message: `This enrollment token is of a newer form (${known.version}) than this Firstnode knows (8.14.0).`,
    remedy: 'Use a newer Firstnode. Nothing was sent.',
  }),
  token_unreachable: (known: { tried: readonly string[] }) => ({
    exit: 6,
    message: `Nothing answers at any address of the token: ${known.tried.join('; ')}.`,
    remedy: 'See that the node that made the token runs, and that this machine reaches it: a firewall, or http.host: localhost over there, keep it away.',
  }),
  token_other_cluster: (known: { tried: readonly string[] }) => ({
    exit: 6,
    message: `What answers is not the cluster that made the token: ${known.tried.join('; ')}. Nothing was sent to it, not even the key of the token.`,
    remedy: 'Make a new token on a node of the cluster you mean, or look at what stands between the two machines. Compare the CA fingerprint on both sides.',
  }),
  token_refused: (_: object) => ({
    exit: 6,
    message: 'The cluster does not accept this token any more: it has expired, or was taken back.',
    remedy: 'Make a new one on a node of the cluster; it lives for 30 minutes: `firstnode token --home … --scope node` (for Kibana `--scope kibana`).',
  }),
  token_wrong_scope: (known: { wanted: 'node' | 'kibana' }) => ({
    exit: 6,
    message: known.wanted === 'node' ? 'This token is not for a node: the cluster lets it enroll something else, a Kibana most likely.' : 'This token is not for Kibana: the cluster lets it enroll something else, a node most likely.',
    remedy: `Make one for ${known.wanted === 'node' ? 'a node' : 'Kibana'}: \`firstnode token --home … --scope ${known.wanted}\`.`,
  }),
})
