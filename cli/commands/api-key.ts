import type { ApiKeyAccess, MadeApiKey } from '../../shared/contract/clients.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { defineCommand, type Context } from '../command.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { toldOf } from '../problem-page.ts'
import { readSecrets, withKeystorePassword, type SecretName } from '../secret-input.ts'

export const apiKey = defineCommand({
  name: 'api-key',
  summary: 'create an API key for a client, with a lifetime and no more access than it needs',
  required: ['home', 'name'],
  about: [
    'The node must run. Prints the key alone on the last line of standard output, once: Elasticsearch keeps its hash alone. What it may do, and until when, is told on standard error. Clients read it from ELASTIC_API_KEY.',
    'No password is needed: Firstnode adds a temporary superuser for a few seconds, then removes it. Where ELASTIC_PASSWORD holds the password of the elastic user, or it comes with --password-stdin, the cluster is asked with that.',
    'With --json: {id, name, apiKey, createdAt, expiresAt, sentences}.',
  ],
  options: {
    name: { kind: 'text', value: 'NAME', help: 'what it is for: it is listed by this name' },
    access: { kind: 'choice', value: 'read|write|all', choices: ['read', 'write', 'all'], help: 'read every index (default); read and write the indices of --prefix; everything' },
    prefix: { kind: 'text', value: 'PREFIX', help: 'of --access write: how the names of the indices begin' },
    expires: { kind: 'text', value: 'TIME', help: 'how long it lives: 90m, 12h, 30d (default), or never' },
    ...homeOptions,
    url: { kind: 'text', value: 'URL', help: 'where the node answers, if not where its settings say: https://host:9200' },
    ...secretOptions,
    ...outputOptions,
  },
  examples: [
    ['firstnode api-key --home /opt/es --name dashboard', 'reads everything for 30 days'],
    ['firstnode api-key --home /opt/es --name x --access write --prefix logs-', 'writes logs'],
    ['export ELASTIC_API_KEY="$(firstnode api-key --home /opt/es --name me)"', 'for what firstnode clients prints'],
  ],
  exits: [3, 4, 5, 6],
  looksOnly: false,
  perform: async (values, context) => {
    const target = targetOf(values, 'api-key')
    const { name, url, expires = '30d' } = values
    if (name === undefined) throw problem('bad_input', { what: 'api-key needs a name for the key.', want: 'Say what it is for: --name dashboard' })
    const access = accessOf(values.access ?? 'read', values.prefix)
    const wanted: SecretName[] = [...(values['keystore-password-stdin'] ? (['keystore'] as const) : []), ...(values['password-stdin'] ? (['elastic'] as const) : [])]
    const secrets = await readSecrets(wanted, context)
    const lifetime = expires === 'never' ? null : expires
    const made = await withKeystorePassword(secrets.keystore, context, (keystore) => make({ target, name, url, lifetime, access, typed: secrets.elastic, keystore }, context))
    for (const sentence of made.sentences) context.tell(sentence)
    await context.handOver(made, `${made.apiKey}\n`, (why) => problem('api_key_unread', { name, why }))
    return 0
  },
})

function accessOf(kind: 'read' | 'write' | 'all', prefix: string | undefined): ApiKeyAccess {
  if (kind === 'write') {
    if (prefix === undefined) throw problem('bad_input', { what: '--access write needs to know which indices.', want: 'Give the beginning of their names: --prefix logs-' })
    return { kind, prefix }
  }
  if (prefix !== undefined) throw problem('bad_input', { what: '--prefix is for --access write alone.', want: 'Leave it out, or add --access write.' })
  return { kind }
}

interface Wish {
  readonly target: NodeTarget
  readonly name: string
  readonly url: string | undefined
  readonly lifetime: string | null
  readonly access: ApiKeyAccess
  /** given for this call: where it is wrong, that is told */
  readonly typed: Secret | undefined
  readonly keystore: Secret | undefined
}

/** With the password that was given, or ELASTIC_PASSWORD where that is right; else by the file realm. */
async function make({ typed, keystore, url, ...wish }: Wish, context: Context): Promise<MadeApiKey> {
  const engine = await context.engine()
  const asked = { ...wish, ...(url === undefined ? {} : { url }), ...(keystore === undefined ? {} : { keystorePassword: keystore.reveal() }) }
  const { elasticPassword, signal } = context
  const password = typed ?? elasticPassword
  if (password !== null) {
    try {
      return await engine.cluster.apiKey({ ...asked, password: password.reveal() }, { signal })
    } catch (thrown) {
      if (typed !== undefined || toldOf(thrown, signal).code !== 'wrong_password') throw thrown
      context.tell('ELASTIC_PASSWORD was not accepted; the file realm is used.')
    }
  }
  return engine.cluster.apiKey(asked, { signal })
}
