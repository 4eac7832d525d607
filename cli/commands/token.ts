import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { lifetimeWords } from '../../shared/token-life.ts'
import { defineCommand, type Context } from '../command.ts'
import { givenSettings } from '../options/given-settings.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { toldOf } from '../problem-page.ts'
import { readSecrets, withKeystorePassword, type SecretName } from '../secret-input.ts'
import { clockTime } from '../terminal/text.ts'

export const token = defineCommand({
  name: 'token',
  summary: 'create an enrollment token for Kibana or for another node',
  required: ['scope', 'home'],
  about: [
    'All that `elasticsearch-create-enrollment-token` does, in a hundredth of the time. The node must run. Prints the token alone on the last line of standard output, and how long it lives on standard error.',
    'No password is needed: Firstnode adds a temporary superuser for a few seconds, then removes it. Where the environment variable ELASTIC_PASSWORD holds the password of the elastic user, or it comes with --password-stdin, the cluster is asked with that and nothing is written here.',
    'With --json: {scope, token, createdAt, expiresAt, warning?}. When both passwords come from standard input, the keystore\'s is the first line.',
  ],
  options: {
    scope: { kind: 'choice', short: 's', value: 'node|kibana', choices: ['node', 'kibana'], help: 'what the token is for' },
    ...homeOptions,
    url: { kind: 'text', value: 'URL', help: 'where the node answers, if not where its settings say: https://host:9200' },
    force: { kind: 'flag', short: 'f', help: 'also where the health of the cluster is red' },
    setting: { kind: 'list', short: 'E', value: 'KEY=VALUE', help: 'a setting that stands above elasticsearch.yml; may be repeated' },
    ...secretOptions,
    ...outputOptions,
  },
  examples: [
    ['firstnode token -s kibana --home ~/elasticsearch-9.4.3', 'without a password'],
    ['firstnode token -s node --home /opt/es --password-stdin < password-file', 'with one, for a script'],
    ['firstnode token -s kibana --home /opt/es --url https://172.0.0.3:9200', 'where the node answers at an address that its settings do not name'],
  ],
  exits: [3, 4, 5, 6],
  looksOnly: false,
  perform: async (values, context) => {
    const { scope, url, force } = values
    if (scope === undefined) throw problem('bad_input', { what: 'token needs to know what it is for.', want: 'Give --scope node or --scope kibana.' })
    const target = targetOf(values, 'token')
    const settings = givenSettings(values.setting)
    const wanted: SecretName[] = [...(values['keystore-password-stdin'] ? (['keystore'] as const) : []), ...(values['password-stdin'] ? (['elastic'] as const) : [])]
    const secrets = await readSecrets(wanted, context)
    const made = await withKeystorePassword(secrets.keystore, context, (keystore) => make({ target, scope, url, force, settings, typed: secrets.elastic, keystore }, context))
    const goal = scope === 'kibana' ? 'Kibana' : 'another node'
    context.tell(`Enrollment token for ${goal}: valid for ${lifetimeWords(made.expiresAt - made.createdAt)}, until ${clockTime(made.expiresAt)}.`)
    if (made.warning !== undefined) context.tell(made.warning)
    await context.handOver(made, `${made.token}\n`, (why) => problem('token_unread', { why }))
    return 0
  },
})

interface Wish {
  readonly target: NodeTarget
  readonly scope: 'node' | 'kibana'
  readonly url: string | undefined
  readonly force: boolean
  readonly settings: Readonly<Record<string, string>>
  /** given for this call: where it is wrong, that is told */
  readonly typed: Secret | undefined
  readonly keystore: Secret | undefined
}

/** With the password that was given, or ELASTIC_PASSWORD where that is right; else by the file realm. */
async function make(wish: Wish, context: Context): Promise<EnrollmentTokenView> {
  const engine = await context.engine()
  const { target, scope, url, force, settings, typed, keystore } = wish
  const asked = {
    target,
    scope,
    ...(url === undefined ? {} : { url }),
    ...(force ? { force } : {}),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(keystore === undefined ? {} : { keystorePassword: keystore.reveal() }),
  }
  const { elasticPassword, signal } = context
  const password = typed ?? elasticPassword
  if (password !== null) {
    try {
      return await engine.cluster.token({ ...asked, password: password.reveal() }, { signal })
    } catch (thrown) {
      if (typed !== undefined || toldOf(thrown, signal).code !== 'wrong_password') throw thrown
      context.tell('ELASTIC_PASSWORD was not accepted; the file realm is used.')
    }
  }
  return engine.cluster.token(asked, { signal })
}
