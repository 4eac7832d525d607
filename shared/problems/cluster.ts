import { catalogue } from './catalogue.ts'

function blockRemedy(setting: string | null): string {
  if (setting === 'index.blocks.read_only_allow_delete' || setting === 'cluster.blocks.read_only_allow_delete')
    return `Free disk space: Elasticsearch sets ${setting} when a disk is more than 95 % full, and removes it when there is space again. If an administrator has set it, remove it through the settings API.`
  return setting === null ? 'Remove the block, then try again.' : `Set ${setting} to null through the ${setting.startsWith('cluster') ? 'cluster' : 'index'} settings API, then try again.`
}

const clientAuthentication = 'xpack.security.http.ssl.client_authentication'

/** Problems of the room `cluster`. */
export const clusterProblems = catalogue({
  unreachable: (known: { url: string; why: string }) => ({
    exit: 6,
    message: `Nothing answers at ${known.url} (${known.why}).`,
    remedy: 'Start the node there, or give the address it listens on with --url.',
  }),
  answer_too_long: (known: { url: string }) => ({
    exit: 6,
    message: `The answer of ${known.url} is too long for Elasticsearch.`,
    remedy: 'Check which port the node listens on (http.port), and give its address with --url.',
  }),
  wrong_password: (known: { user: string }) => ({
    exit: 6,
    message: `Elasticsearch did not accept the password of ${known.user}.`,
    remedy: 'Give the right one; a lost one is replaced by "New password" in the wizard, or by `firstnode reset-password --home …`.',
  }),
  wrong_api_key: (_: object) => ({
    exit: 6,
    message: 'Elasticsearch did not accept this key: it has expired or was taken back.',
    remedy: 'Make a new enrollment token; one lives for 30 minutes.',
  }),
  forbidden: (known: { what: string }) => ({
    exit: 6,
    message: `This user may not do that: ${known.what}`,
    remedy: 'Use the elastic user, or one with the role superuser.',
  }),
  certificate_mismatch: (known: { url: string; why: string }) => ({
    exit: 6,
    message: `What answers at ${known.url} is not proved by this CA (${known.why}).`,
    remedy: 'Another node may listen there, or its certificates were made anew: compare the CA fingerprint.',
  }),
  certificate_other_name: (known: { url: string; why: string }) => ({
    exit: 6,
    message: `The certificate at ${known.url} was not made for that name (${known.why}).`,
    remedy: 'Use a name or address that stands in the certificate, or set the node up with that name in --san.',
  }),
  certificate_expired: (known: { url: string }) => ({
    exit: 6,
    message: `The certificate at ${known.url} is not valid today: it has expired, or a clock is wrong.`,
    remedy:
      'Check the clocks of both machines. If the certificate has expired, replace it. PEM file (xpack.security.http.ssl.certificate): get a new certificate from your CA and replace the file. Keystore that holds the private key of the CA, such as http.p12: run `firstnode renew --home …`, which issues a new certificate with that CA. Keystore without it (PKCS#12 or JKS): get a new certificate from your CA and import it into the keystore.',
  }),
  /** `certain`: false where the server only said that the handshake failed */
  client_certificate_needed: (known: { url: string; certain: boolean }) => ({
    exit: 6,
    message: known.certain
      ? `The node at ${known.url} only accepts clients that present a certificate, and Firstnode has none for it.`
      : `The node at ${known.url} refused the TLS handshake: it requires a certificate of its clients, or has no TLS version or cipher in common with Firstnode.`,
    remedy: `Firstnode presents the node's own HTTP certificate if elasticsearch.yml sets ${clientAuthentication}: required. Check that it does, and that the private key is in the HTTP keystore. Otherwise set it to optional, then restart the node.`,
  }),
  client_certificate_refused: (known: { url: string; why: string }) => ({
    exit: 6,
    message: `The node at ${known.url} refused its own HTTP certificate, which Firstnode presented as a client (${known.why}). Elasticsearch's own tools present it as well.`,
    remedy: `Let the node accept it: add its CA to xpack.security.http.ssl.certificate_authorities, and make sure that its extended key usage, if it has one, includes client authentication. Or set ${clientAuthentication}: optional, then restart the node.`,
  }),
  tls_off: (known: { url: string }) => ({
    exit: 6,
    message: `The node at ${known.url} answers without TLS.`,
    remedy: 'Turn TLS on for HTTP (xpack.security.http.ssl.enabled: true). Enrollment tokens and passwords need it.',
  }),
  not_elasticsearch_there: (known: { url: string }) => ({
    exit: 6,
    message: `What answers at ${known.url} is not Elasticsearch.`,
    remedy: 'See which port the node listens on (http.port), and give its address with --url.',
  }),
  cluster_unhealthy: (known: { why: string }) => ({
    exit: 6,
    message: `The cluster answers but cannot work: ${known.why}`,
    remedy: 'Wait until it has a master and its security index is allocated; a disk over 90 % full prevents that. Its log says more.',
  }),
  no_master: (_: object) => ({
    exit: 6,
    message: 'The cluster has no master, so it can change nothing at the moment.',
    remedy: 'Start the other nodes of the cluster: a master is elected once more than half of the voting nodes are up. The log of this node names those that are missing.',
  }),
  security_index_unavailable: (_: object) => ({
    exit: 6,
    message: 'The security index is not available: its primary shard is not allocated. Passwords, API keys and tokens are kept there.',
    remedy: 'Start the nodes that hold it (GET _cluster/allocation/explain tells why it is not allocated), then try again.',
  }),
  writes_blocked: (known: { setting: string | null; description: string }) => ({
    exit: 6,
    message: `The cluster accepts no changes: ${known.setting === null ? known.description : `${known.setting} is set`}.`,
    remedy: blockRemedy(known.setting),
  }),
  password_unanswered: (known: { user: string }) => ({
    exit: 6,
    message: `Elasticsearch did not answer whether it changed the password of ${known.user}. It may have been changed, or may still be.`,
    remedy: 'Check the log of the node, then reset the password again.',
  }),
  api_key_unanswered: (known: { name: string }) => ({
    exit: 6,
    message: `Elasticsearch did not answer whether it created the API key "${known.name}". If it exists, nobody can use it: only the lost answer held the key.`,
    remedy: 'Try again. Then list the keys of this name and invalidate the one you do not use: GET /_security/api_key?name=…, DELETE /_security/api_key.',
  }),
  token_unanswered: (known: { name: string }) => ({
    exit: 6,
    message: `Elasticsearch did not answer whether it created the API key of the enrollment token (${known.name}). If it exists, nobody can use it, and it expires in 30 minutes.`,
    remedy: 'Try again.',
  }),
  request_refused: (known: { status: number; why: string }) => ({
    exit: 6,
    message: `Elasticsearch refused (${known.status}): ${known.why}`,
    remedy: 'Correct what it names, then try again.',
  }),
  enrollment_off: (_: object) => ({
    exit: 3,
    message: 'Enrollment is turned off on this node (xpack.security.enrollment.enabled), so a token would be refused.',
    remedy: 'Set xpack.security.enrollment.enabled: true and start the node again.',
  }),
  single_node_discovery: (_: object) => ({
    exit: 3,
    message: 'This node runs with discovery.type: single-node: no other node can ever join it.',
    remedy: 'Remove discovery.type and name the node in cluster.initial_master_nodes, start it again, then make the token.',
  }),
  token_unreadable: (known: { why: string }) => ({
    exit: 2,
    message: `This is not an enrollment token: ${known.why}.`,
    remedy: 'Copy the whole token, beginning with eyJ. Spaces, line breaks and quotes do no harm.',
    field: 'token',
  }),
  file_realm_off: (_: object) => ({
    exit: 3,
    message: 'The file realm is turned off on this node, so nothing can be asked of it without the password of the elastic user.',
    remedy: 'Give that password. Where nobody has it: remove xpack.security.authc.realms.file.*.enabled: false, start the node again, then set a new one.',
  }),
  password_too_short: (known: { least: number }) => ({
    exit: 2,
    message: `A password needs at least ${known.least} characters. Nothing was changed.`,
    remedy: 'Use a longer one, or leave it empty to generate a strong one.',
    field: 'password',
  }),
  no_such_user: (known: { user: string }) => ({
    exit: 3,
    message: `The cluster does not store a password for a user ${known.user}. Nothing was changed.`,
    remedy: 'Built-in users are elastic, kibana_system, logstash_system, beats_system, apm_system and remote_monitoring_user. Set passwords of the file realm with bin/elasticsearch-users, and those of LDAP or SAML users in the directory.',
    field: 'username',
  }),
  file_realm_silent: (known: { seconds: number }) => ({
    exit: 6,
    message: `The node did not take up the temporary user within ${known.seconds} s; it was removed again.`,
    remedy: 'See that the node runs with this config directory and may read the file users in it.',
  }),
})
