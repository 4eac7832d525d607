import { catalogue } from './catalogue.ts'

/** Problems of connecting clients. */
export const clientProblems = catalogue({
  api_key_name: (known: { why: string }) => ({
    exit: 2,
    message: `The name of the API key cannot be that: ${known.why}.`,
    remedy: 'Give it a name that says what it is for, of 1 to 256 characters, without spaces at its ends and without an underscore as its first.',
  }),
  api_key_lifetime: (_: object) => ({
    exit: 2,
    message: 'That is no lifetime for an API key.',
    remedy: 'Give a whole number with m, h or d behind it, from a minute to ten years: 90m, 12h, 30d. Or let it live until somebody takes it back.',
  }),
  api_key_prefix: (_: object) => ({
    exit: 2,
    message: 'No index can have a name that begins like that.',
    remedy: 'Give the beginning of the names of your indices: lower-case letters, digits, - and _, with a letter or a digit first. For all indices choose another access.',
  }),
  api_keys_off: (_: object) => ({
    exit: 3,
    message: 'API keys are switched off on this node (xpack.security.authc.api_key.enabled: false).',
    remedy: 'Let the client log in with a user and a password, or take that setting out of elasticsearch.yml and start the node again.',
  }),
  no_client_address: (known: { url: string }) => ({
    exit: 2,
    message: `${known.url} is no address that a client can be given.`,
    remedy: 'Give it as https://host:port, without a user, a password or a query in it.',
  }),
})
