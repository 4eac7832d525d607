import { join } from 'node:path'
import { refuseStanding, writeText } from '../../engine/host/write-text.ts'
import type { HandoutFormat } from '../../shared/contract/handout.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { defineCommand, type Context } from '../command.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { elasticPassword, newPassphrase, readSecrets, type SecretName, withKeystorePassword } from '../secret-input.ts'
import { planParts } from '../terminal/plan-page.ts'
import { printable } from '../terminal/text.ts'

export const save = defineCommand({
  name: 'save',
  summary: 'save everything for later: one file, a password manager, or a project\'s .env',
  required: ['home', 'to'],
  about: [
    'Address, user, password, CA fingerprint and CA certificate in one file that only its owner reads: as a text (plain), as a text that a passphrase closes (openpgp: gpg --decrypt opens it), or as the CSV that a password manager imports.',
    'The password of the elastic user comes from the environment variable ELASTIC_PASSWORD, from --password-stdin, or is asked for on a terminal. Where the node answers it is tried first, so that no wrong one is saved. An enrollment token is made only with --token.',
    'With --format env, DIR of --to is the folder of a project: its .env is made, or given these variables, and nothing else in it changes. Where Git would take the file in, nothing is written, unless --gitignore ignores it or --force is given.',
    'Where several secrets come from standard input, each has its line: the keystore\'s password, the elastic password, the passphrase. With --json: {file, format, notes}, for env {file, format, git, sentences, changes}.',
  ],
  options: {
    ...homeOptions,
    to: { kind: 'path', value: 'FILE', help: 'the file to write; with --format env the folder of the project' },
    format: { kind: 'choice', short: 'f', value: 'FORMAT', choices: ['plain', 'openpgp', '1password', 'bitwarden', 'keepass', 'env'], help: 'plain (default), openpgp, 1password, bitwarden, keepass (KeePassXC as well) or env' },
    token: { kind: 'choice', value: 'node|kibana', choices: ['node', 'kibana'], help: 'also an enrollment token, made now; it lives 30 minutes' },
    replace: { kind: 'flag', help: 'also where the file is there already' },
    gitignore: { kind: 'flag', help: 'env: add .env to the .gitignore of the folder where Git does not ignore it' },
    force: { kind: 'flag', help: 'env: also where Git would take the file in' },
    url: { kind: 'text', value: 'URL', help: 'where the node answers, if not where its settings say: https://host:9200' },
    'passphrase-stdin': { kind: 'flag', help: 'read the passphrase of an OpenPGP file from standard input (one line, the last)' },
    ...secretOptions,
    ...outputOptions,
  },
  examples: [
    ['firstnode save --home /opt/es --to access.txt.asc --format openpgp', 'asks for the password and, twice, for a passphrase'],
    ['firstnode save --home /opt/es --to import.csv --format bitwarden', 'with ELASTIC_PASSWORD set; import it, then delete it'],
    ['firstnode save --home /opt/es --to ~/app --format env --gitignore', 'for a project'],
  ],
  exits: [3, 4, 5, 6],
  looksOnly: false,
  perform: async (values, context) => {
    const target = targetOf(values, 'save')
    const { to, format = 'plain', token, replace, gitignore, force, url } = values
    if (to === undefined) throw problem('bad_input', { what: 'save needs to know where to.', want: 'Name a file with --to FILE, or with --format env the folder of a project.' })
    refuseStray({ format, token, replace, gitignore, force, passphrase: values['passphrase-stdin'] })
    if (format !== 'env' && !replace) await refuseStanding(to)
    const given = await secretsOf(values, format, context)
    const asked = { target, password: given.password.reveal(), ...(url === undefined ? {} : { url }) }
    if (format === 'env') return saveEnv({ asked, keystore: given.keystore, folder: to, gitignore, force }, context)
    return saveFile({ asked, keystore: given.keystore, passphrase: given.passphrase, format, token, path: to, replace }, context)
  },
})

interface Given {
  readonly password: Secret
  readonly keystore: Secret | undefined
  readonly passphrase: Secret | undefined
}

interface AskedWith {
  readonly target: NodeTarget
  readonly password: string
  readonly url?: string
}

async function secretsOf(values: { readonly 'password-stdin': boolean; readonly 'keystore-password-stdin': boolean; readonly 'passphrase-stdin': boolean }, format: HandoutFormat | 'env', context: Context): Promise<Given> {
  const wanted: SecretName[] = [
    ...(values['keystore-password-stdin'] ? (['keystore'] as const) : []),
    ...(values['password-stdin'] ? (['elastic'] as const) : []),
    ...(values['passphrase-stdin'] ? (['passphrase'] as const) : []),
  ]
  const read = await readSecrets(wanted, context)
  const password = read.elastic ?? (await elasticPassword(context, false))
  const passphrase = format === 'openpgp' ? (read.passphrase ?? (await newPassphrase(context))) : undefined
  return { password, keystore: read.keystore, passphrase }
}

async function saveFile(
  wish: { readonly asked: AskedWith; readonly keystore: Secret | undefined; readonly passphrase: Secret | undefined; readonly format: HandoutFormat; readonly token: 'node' | 'kibana' | undefined; readonly path: string; readonly replace: boolean },
  context: Context,
): Promise<number> {
  const { asked, passphrase, format, token, path, replace } = wish
  const engine = await context.engine()
  const more = { ...(passphrase === undefined ? {} : { passphrase: passphrase.reveal() }), ...(token === undefined ? {} : { token }) }
  const file = await withKeystorePassword(wish.keystore, context, (keystore) =>
    engine.handout.file({ ...asked, format, ...more, ...(keystore === undefined ? {} : { keystorePassword: keystore.reveal() }) }, { signal: context.signal }),
  )
  await writeText(path, file.text, { secret: true, replace })
  const { good, signs } = context.out
  await context.result({ file: path, format, notes: file.notes }, [`${good(signs.done)} Saved to ${printable(path)}\n`, ...file.notes.map((note) => `${signs.dot} ${note}\n`)].join(''))
  return 0
}

async function saveEnv(wish: { readonly asked: AskedWith; readonly keystore: Secret | undefined; readonly folder: string; readonly gitignore: boolean; readonly force: boolean }, context: Context): Promise<number> {
  const { asked, folder, gitignore, force } = wish
  const engine = await context.engine()
  const { signal } = context
  const preview = await withKeystorePassword(wish.keystore, context, (keystore) =>
    engine.handout.previewEnv({ ...asked, folder, gitignore, ...(keystore === undefined ? {} : { keystorePassword: keystore.reveal() }) }, { signal }),
  )
  const { planId, file, git, sentences, changes } = preview
  if (!force && (git === 'tracked' || (git === 'open' && !gitignore))) throw problem('env_would_be_committed', { path: join(folder, '.env'), tracked: git === 'tracked' })
  if (planId !== null) await engine.handout.applyEnv({ planId }, { signal })
  const { good, signs } = context.out
  const parts = planId === null ? [`${good(signs.done)} Nothing to write.\n`, ...sentences.map((sentence) => `${signs.dot} ${printable(sentence)}\n`)] : [`${planParts({ sentences, changes }, context.out).join('\n\n')}\n\n${good(signs.done)} Written.\n`]
  await context.result({ file, format: 'env', git, sentences, changes }, parts.join(''))
  return 0
}

function refuseStray(given: { readonly format: HandoutFormat | 'env'; readonly token: unknown; readonly replace: boolean; readonly gitignore: boolean; readonly force: boolean; readonly passphrase: boolean }): void {
  const { format } = given
  const stray = format === 'env' ? (given.token !== undefined ? '--token' : given.replace ? '--replace' : null) : given.gitignore ? '--gitignore' : given.force ? '--force' : null
  if (stray !== null) throw problem('bad_input', { what: `${stray} does not go with --format ${format}.`, want: 'See: firstnode save --help' })
  if (given.passphrase && format !== 'openpgp') throw problem('bad_input', { what: `--passphrase-stdin goes with --format openpgp alone.`, want: 'Leave it out, or name that format.' })
}
