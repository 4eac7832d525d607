import type { NewPassword } from '../../shared/contract/password.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { callLine } from '../call-line.ts'
import { defineCommand, type Context } from '../command.ts'
import { exitOf } from '../exit-code.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { ToldError, toldOf } from '../problem-page.ts'
import { askNewPassword, readSecrets, withKeystorePassword, type SecretName } from '../secret-input.ts'
import { printable } from '../terminal/text.ts'

export const resetPassword = defineCommand({
  name: 'reset-password',
  summary: 'give the elastic user (or another built-in or native one) a new password',
  required: ['home'],
  about: [
    'The node must run. Prints the new password alone on the last line of standard output; whoever uses the old one is locked out from then on. Without an option a strong one is made.',
    'The old password is not needed: Firstnode adds a temporary superuser for a few seconds, then removes it. Where the environment variable ELASTIC_PASSWORD holds the present password of the elastic user, the cluster is asked with that and nothing is written here.',
    'With --json: {username, password}, and answered: false where Elasticsearch did not confirm the change (exit code 6): then either password may be valid. When both passwords come from standard input, the keystore\'s is the first line.',
  ],
  options: {
    ...homeOptions,
    username: { kind: 'text', short: 'u', value: 'USER', help: 'elastic (default), kibana_system, logstash_system, beats_system, apm_system, remote_monitoring_user, or a native user' },
    url: { kind: 'text', value: 'URL', help: 'where the node answers, if not where its settings say: https://host:9200' },
    interactive: { kind: 'flag', short: 'i', help: 'ask for the new password on the terminal, twice' },
    'password-stdin': { kind: 'flag', help: 'read the new password from standard input (one line)' },
    'keystore-password-stdin': secretOptions['keystore-password-stdin'],
    ...outputOptions,
  },
  examples: [
    ['firstnode reset-password --home ~/elasticsearch-9.4.3', 'where the password is lost, or nobody ever saw it'],
    ['firstnode reset-password --home /opt/es --password-stdin < password-file', 'one of your own, for a script'],
  ],
  exits: [3, 4, 5, 6],
  looksOnly: false,
  perform: async (values, context) => {
    const target = targetOf(values, 'reset-password')
    const { username = 'elastic', url, interactive } = values
    if (interactive && values['password-stdin'])
      throw problem('bad_input', { what: '--interactive and --password-stdin are two ways to give one password.', want: 'Give one of them.' })
    const wanted: SecretName[] = [
      ...(values['keystore-password-stdin'] ? (['keystore'] as const) : []),
      ...(values['password-stdin'] ? (['new'] as const) : []),
    ]
    const secrets = await readSecrets(wanted, context)
    const password = interactive ? await askNewPassword(printable(username), context) : secrets.new
    const set = await withKeystorePassword(secrets.keystore, context, (keystore) => reset({ target, username, url, password, keystore }, context))
    if (set.answered) context.tell(`${printable(set.username)} has a new password; Kibana, clients and scripts that use the old one stop working until they are given this one.`)
    else context.tell(`Elasticsearch did not answer whether it changed the password of ${printable(set.username)}. It may have, or still may: keep the old password and this one, and try both.`)
    if (set.answered && !set.proved) context.tell(`Elasticsearch did not let ${printable(set.username)} in with it yet: the user may be disabled.`)
    const result = { username: set.username, password: set.password, ...(set.answered ? {} : { answered: false }) }
    await context.handOver(result, `${set.password}\n`, (why) => {
      const { code, message, remedy } = problem('new_password_unread', { user: printable(set.username), why })
      return new ToldError({ code, message, remedy, line: callLine(context.io, 'reset-password', target) })
    })
    return set.answered ? 0 : exitOf('password_unanswered')
  },
})

interface Wish {
  readonly target: NodeTarget
  readonly username: string
  readonly url: string | undefined
  readonly password: Secret | undefined
  readonly keystore: Secret | undefined
}

/** With ELASTIC_PASSWORD where that is right, else by the file realm. */
async function reset(wish: Wish, context: Context): Promise<NewPassword> {
  const engine = await context.engine()
  const { target, username, url, password, keystore } = wish
  const asked = {
    target,
    username,
    ...(url === undefined ? {} : { url }),
    ...(password === undefined ? {} : { password: password.reveal() }),
    ...(keystore === undefined ? {} : { keystorePassword: keystore.reveal() }),
  }
  const { elasticPassword, signal } = context
  if (elasticPassword !== null) {
    try {
      return await engine.cluster.newPassword({ ...asked, elasticPassword: elasticPassword.reveal() }, { signal })
    } catch (thrown) {
      if (toldOf(thrown, signal).code !== 'wrong_password') throw thrown
      context.tell('ELASTIC_PASSWORD was not accepted; the file realm is used.')
    }
  }
  return engine.cluster.newPassword(asked, { signal })
}
