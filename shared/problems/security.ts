import { catalogue } from './catalogue.ts'

const yml = '`elasticsearch.yml`'

/** Problems of the room `security`. No entry takes a secret. */
export const securityProblems = catalogue({
  keystore_torn: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} is damaged: ${known.why}.`,
    remedy: 'Put back a copy of it; or, where nothing in it is needed, move it away: a new one is made.',
  }),
  keystore_unreadable: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} cannot be read: ${known.why}.`,
    remedy: 'Let the account that runs Elasticsearch (and Firstnode) read it, then try again.',
  }),
  keystore_unknown_version: (known: { path: string; version: number; newest: number }) => ({
    exit: 3,
    message: `${known.path} is written in version ${known.version} of its format; this Elasticsearch reads 3 to ${known.newest}.`,
    remedy: 'It belongs to another version of Elasticsearch. Put back the one of this version, or move it away: a new one is made.',
  }),
  keystore_locked: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is protected by a password.`,
    remedy: 'Give it in the wizard, or with --keystore-password-stdin.',
  }),
  keystore_wrong_password: (known: { path: string }) => ({
    exit: 3,
    message: `The password does not open ${known.path}.`,
    remedy: 'Give the password that was set with `elasticsearch-keystore passwd`.',
  }),
  keystore_has_tls: (known: { path: string; entry: string }) => ({
    exit: 3,
    message: `${known.path} holds ${known.entry} already: somebody began to set up TLS by hand.`,
    remedy: `Finish that by hand, or take the entry out (\`elasticsearch-keystore remove ${known.entry}\`), then try again.`,
  }),
  bootstrap_password_there: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} holds a bootstrap.password, which is what the elastic user's password will be.`,
    remedy: 'Leave the password empty, or remove that entry first: `elasticsearch-keystore remove bootstrap.password`.',
    field: 'elasticPassword',
  }),
  store_torn: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} is damaged, or neither a PKCS#12 nor a JKS store: ${known.why}.`,
    remedy: 'Put back a copy of it, then try again.',
  }),
  store_wrong_password: (known: { path: string }) => ({
    exit: 3,
    message: `The password in elasticsearch.keystore does not open ${known.path}.`,
    remedy: 'Set the one it was made with: `elasticsearch-keystore add`, with the name that ends with keystore.secure_password.',
  }),
  store_wrong_key_password: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} opens, but its private keys are closed with another password.`,
    remedy: 'Set it: `elasticsearch-keystore add xpack.security.http.ssl.keystore.secure_key_password`.',
  }),
  http_key_unreadable: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `The private key ${known.path} cannot be read: ${known.why}. The node requires a certificate of its clients, and Firstnode presents the node's own.`,
    remedy: 'Run Firstnode as root or as the account that runs Elasticsearch. If the key has a passphrase, set xpack.security.http.ssl.secure_key_passphrase in elasticsearch.keystore.',
  }),
  store_unsupported: (known: { path: string; what: string }) => ({
    exit: 3,
    message: `${known.path} is of a kind that Firstnode cannot read: ${known.what}.`,
    remedy: 'Convert it to PKCS#12 with AES, for example by `keytool -importkeystore` of a current JDK.',
  }),
  http_ca_incomplete: (known: { path: string; missing: string }) => ({
    exit: 3,
    message: `The CA certificate is missing: ${known.path} holds an intermediate certificate, but not the certificate of "${known.missing}" that signed it. Many clients (JavaScript and Python among them) refuse the intermediate alone.`,
    remedy: `Get the certificate of "${known.missing}" from whoever issued the certificate of this node, and give that to clients. Once it is in the same store or PEM file as the others, Firstnode finds it there.`,
  }),
  http_ca_unknown: (known: { config: string; why: string }) => ({
    exit: 3,
    message: `The certificate authority behind HTTPS is not known from ${known.config}: ${known.why}.`,
    remedy: 'Give clients the certificate authority that you used when you set up TLS by hand.',
  }),
  bad_node_name: (known: { why: string }) => ({
    exit: 2,
    message: `The node name ${known.why}.`,
    remedy: 'Use 1 to 255 characters without control characters, such as node-1.',
    field: 'nodeName',
  }),
  bad_cluster_name: (known: { why: string }) => ({
    exit: 2,
    message: `The cluster name ${known.why}.`,
    remedy: 'Use a short name without colons, slashes and control characters, such as my-cluster.',
    field: 'clusterName',
  }),
  bad_san: (known: { name: string; why: string }) => ({
    exit: 2,
    message: `${known.name} cannot be in the HTTP certificate: it ${known.why}.`,
    remedy: 'Enter host names such as es.example.org, or IP addresses such as 192.0.2.10.',
    field: 'san',
  }),
  bad_http_host: (known: { why: string }) => ({
    exit: 2,
    message: `The address to listen on ${known.why}.`,
    remedy: 'Enter an IP address of this machine, a host name, _local_ or 0.0.0.0. Separate several with commas.',
    field: 'httpHost',
  }),
  bad_password: (known: { why: string }) => ({
    exit: 2,
    message: `The password for the elastic user ${known.why}.`,
    remedy: 'Use at least 6 characters, without control characters.',
    field: 'elasticPassword',
  }),
  heap_elsewhere: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} also sets the heap size, and overrides this one.`,
    remedy: 'Remove its lines with -Xms and -Xmx, or leave the heap size empty here.',
    field: 'heap',
  }),
  settings_not_editable: (known: { key: string }) => ({
    exit: 3,
    message: `${known.key} stands in ${yml} in a way that Firstnode cannot change without touching more.`,
    remedy: `Write it as one line \`${known.key}: value\`, or take it out, then try again.`,
  }),
  settings_not_appendable: (_: object) => ({
    exit: 3,
    message: `Nothing can be added at the end of ${yml}: its settings are in braces or indented, or it ends with a mark of its own.`,
    remedy: 'Write its settings as `name: value`, from the first column on, then try again.',
  }),
})
