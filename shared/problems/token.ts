import { catalogue } from './catalogue.ts'

/** Problems of making an enrollment token. */
export const tokenProblems = catalogue({
  not_auto_configured: (known: { home: string; why: string }) => ({
    exit: 3,
    message: `Nothing can be enrolled with the node of ${known.home}: ${known.why}. It was not auto-configured.`,
    remedy: 'Connect Kibana, or another node, by hand with the certificate authority that signed its certificate; or set up a fresh node with `firstnode up`.',
  }),
  security_off: (known: { home: string }) => ({
    exit: 3,
    message: `Security is switched off in the settings of ${known.home} (xpack.security.enabled: false): there is nothing to enrol with.`,
    remedy: 'Nodes and Kibana of a cluster without security join without a token. For one with passwords and TLS set up a fresh node with `firstnode up`.',
  }),
  cluster_red: (known: { unassigned: number; nodes: number }) => ({
    exit: 6,
    message: `The health of the cluster is red: ${known.unassigned} ${known.unassigned === 1 ? 'shard has' : 'shards have'} no place on its ${known.nodes === 1 ? 'one node' : `${known.nodes} nodes`}, and some data cannot be reached. No token was made.`,
    remedy: 'Make it healthy first: GET _cluster/allocation/explain says what is in the way. A token may work all the same: make it so in the wizard, or with --force.',
  }),
  url_not_https: (known: { url: string }) => ({
    exit: 2,
    message: `${known.url} is not an https address, but the node uses TLS for HTTP.`,
    remedy: 'Enter it as https://host:port.',
    field: 'url',
  }),
  url_with_account: (known: { url: string }) => ({
    exit: 2,
    message: `The address given for ${known.url} holds a user or a password, which would be shown wherever something fails.`,
    remedy: `Give it without: ${known.url}. A password comes from ELASTIC_PASSWORD, or on standard input.`,
    field: 'url',
  }),
  bad_given_setting: (known: { why: string }) => ({
    exit: 2,
    message: `A setting given with -E ${known.why}.`,
    remedy: 'Give each as -E name=value, once: -E http.port=9201',
  }),
})
