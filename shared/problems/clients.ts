import { catalogue } from './catalogue.ts'

/** Problems of connecting clients. */
export const clientProblems = catalogue({
  api_key_name: (known: { why: string }) => ({
    exit: 2,
    message: `This name cannot be used for an API key: ${known.why}.`,
    remedy: 'Use 1 to 256 characters, with no space at either end and no underscore at the beginning.',
    field: 'name',
  }),
  api_key_lifetime: (_: object) => ({
    exit: 2,
    message: 'That is no lifetime for an API key.',
    remedy: 'Give a whole number with m, h or d behind it, from a minute to ten years: 90m, 12h, 30d. Or let it live until somebody takes it back.',
  }),
  api_key_prefix: (_: object) => ({
    exit: 2,
    message: 'Index names cannot begin like that.',
    remedy: 'Enter the beginning of your index names: lower-case letters, digits, - and _, starting with a letter or digit. To include all indices, choose another access.',
    field: 'prefix',
  }),
  api_keys_off: (_: object) => ({
    exit: 3,
    message: 'API keys are switched off on this node (xpack.security.authc.api_key.enabled: false).',
    remedy: 'Let the client log in with a user and a password, or take that setting out of elasticsearch.yml and start the node again.',
  }),
  clients_need_certificate: (_: object) => ({
    exit: 3,
    message: 'The node only accepts clients that present a certificate (xpack.security.http.ssl.client_authentication: required). A password or an API key alone is not enough.',
    remedy: 'Give each client a certificate and a private key signed by a CA that the node trusts (with curl: --cert and --key). Or set xpack.security.http.ssl.client_authentication: optional, then restart the node.',
  }),
  no_client_address: (known: { url: string }) => ({
    exit: 2,
    message: `${known.url} is not an address that clients can use.`,
    remedy: 'Enter it as https://host:port, without a user, password or query.',
    field: 'url',
  }),
})
