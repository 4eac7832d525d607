import type { KibanaDone, KibanaPreview, KibanaRun, KibanaTarget, KibanaView } from '../../shared/contract/kibana.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import { defineCommand, type Context } from '../command.ts'
import { givenToken } from '../enrollment-token.ts'
import { followKibana } from '../follow-kibana.ts'
import type { Engine } from '../io.ts'
import { outputOptions } from '../options/shared-options.ts'
import { planParts } from '../terminal/plan-page.ts'
import { printable } from '../terminal/text.ts'

export const kibana = defineCommand({
  name: 'kibana',
  summary: 'connect a Kibana with the cluster, and start it',
  required: ['kibana-home'],
  about: [
    'Tries an enrollment token for Kibana, shows what it will write, has the cluster make a token for this Kibana, writes kibana.yml and the CA certificate as Kibana\'s own set-up does, starts bin/kibana as the account that owns it, and opens it when it answers. Kibana goes on when this command is over.',
    'The token comes from the environment variable ENROLLMENT_TOKEN, from standard input, or is asked for on a terminal; never from an argument. `firstnode token --scope kibana` makes one.',
    'A Kibana that is already enrolled is started as it is, without a token. --replace connects it again: then what is ' +
      'there stays in kibana.yml as comments, and the CA certificate and the token that Firstnode made before are removed. ' +
      'Deleting the token needs the password of the elastic user in ELASTIC_PASSWORD. --undo takes back what was written.',
    '--interactive writes nothing: Kibana is started, the link that it prints is opened, and the token is pasted there. ' +
      'With --json: {kibana, cluster, sentences, notes, changes, caFile, run, opened}; what does not apply is null.',
  ],
  options: {
    'kibana-home': { kind: 'path', value: 'DIR', help: 'the folder of Kibana: the one that holds bin and package.json' },
    config: { kind: 'path', value: 'DIR', help: 'the folder of its kibana.yml, where that is not DIR/config (or set KBN_PATH_CONF)' },
    user: { kind: 'text', value: 'USER', help: 'called by root: the account (a name or a number) that runs Kibana; default: the owner of its home' },
    'token-stdin': { kind: 'flag', help: 'read the enrollment token from standard input (one line)' },
    replace: { kind: 'flag', help: 'connect it anew where it is connected already' },
    'no-start': { kind: 'flag', help: 'only write; start nothing' },
    interactive: { kind: 'flag', help: 'let Kibana itself ask for the token, in the browser' },
    undo: { kind: 'flag', help: 'take back what was written for this Kibana' },
    ...outputOptions,
  },
  examples: [
    ['firstnode kibana --kibana-home ~/kibana-9.4.3', 'with ENROLLMENT_TOKEN set, or asked for on a terminal'],
    ['firstnode kibana --kibana-home /opt/kibana --token-stdin --no-start < file', 'for a script'],
    ['firstnode kibana --kibana-home ~/kibana-9.4.3', 'once more: starts the enrolled Kibana again'],
    ['firstnode kibana --kibana-home ~/kibana-9.4.3 --undo', 'as if it had never been enrolled'],
  ],
  exits: [3, 4, 5, 6],
  looksOnly: false,
  perform: async (values, context) => {
    const home = values['kibana-home']
    if (home === undefined) throw problem('bad_input', { what: 'kibana needs to know which one is meant.', want: 'Name its folder with --kibana-home DIR.' })
    const { interactive, undo, replace } = values
    refuseTogether({ interactive, undo, 'no-start': values['no-start'], replace, 'token-stdin': values['token-stdin'] })
    const target: KibanaTarget = { home, ...(values.config === undefined ? {} : { config: values.config }), ...(values.user === undefined ? {} : { user: values.user }) }
    if (undo) return undone(target, context)
    const engine = await context.engine()
    const look = () => engine.kibana.look(target, { signal: context.signal })
    // Whoever repeats the command wants a Kibana that died to run again.
    const mayStartAsItIs = !interactive && !replace && !values['token-stdin'] && !values['no-start']
    const asItIs = mayStartAsItIs ? await enrolledAlready(await look(), context) : null
    const enrolls = !interactive && asItIs === null
    const enrolled = enrolls ? await enroll(target, { replace, fromStdin: values['token-stdin'] }, context) : null
    const view = enrolled?.done.kibana ?? asItIs ?? (await look())
    const start = interactive || (!values['no-start'] && view.startable)
    const run = start ? await started(engine, target, interactive, context) : null
    const opened = run !== null && (await engine.kibana.open({ runId: run.runId }))
    const { kibana: seen, sentences, notes } = enrolled?.done ?? { kibana: view, sentences: [], notes: [] }
    const { cluster = null, caFile = null } = enrolled?.done ?? {}
    const json = { kibana: seen, cluster, sentences, notes, changes: enrolled?.preview.changes ?? null, caFile, run, opened }
    await context.result(json, endPage({ sentences, notes, run, url: seen.url, startable: seen.startable }, context))
    return 0
  },
})

/** A Kibana that is enrolled, and so needs no token to be started; null where it is not. */
async function enrolledAlready(view: KibanaView, context: Context): Promise<KibanaView | null> {
  if (!view.enrolled) return null
  context.tell(`This Kibana is already ${view.connected ?? 'enrolled'}. Firstnode starts it as it is.`)
  const unused = (context.io.env.ENROLLMENT_TOKEN ?? '') !== ''
  if (unused) context.tell('The enrollment token was not used. To connect this Kibana again, add --replace.')
  return view
}

async function undone(target: KibanaTarget, context: Context): Promise<number> {
  const engine = await context.engine()
  const { kibana: view, sentences } = await engine.kibana.undo(target)
  const { good, signs } = context.out
  await context.result({ kibana: view, sentences, undone: true }, sentences.map((sentence) => `${good(signs.done)} ${printable(sentence)}\n`).join(''))
  return 0
}

async function enroll(target: KibanaTarget, how: { readonly replace: boolean; readonly fromStdin: boolean }, context: Context): Promise<{ preview: KibanaPreview; done: KibanaDone }> {
  const { signal } = context
  const { token } = await givenToken({ scope: 'kibana', tokenStdin: how.fromStdin, keystoreStdin: false }, context)
  const engine = await context.engine()
  const preview = await engine.kibana.preview({ target, token: token.reveal(), replace: how.replace }, { signal })
  const notes = preview.notes.map(({ message, remedy }) => `${message} ${remedy}`)
  const shown = { ...preview, sentences: [...preview.sentences, ...notes] }
  if (!context.json) await context.result(null, `${planParts(shown, context.out).join('\n\n')}\n\n`)
  // With --replace alone there is something to delete, and so a use for the password.
  const password = how.replace && context.elasticPassword !== null ? { password: context.elasticPassword.reveal() } : {}
  return { preview, done: await engine.kibana.apply({ planId: preview.planId, ...password }, { signal }) }
}

async function started(engine: Engine, target: KibanaTarget, interactive: boolean, context: Context): Promise<KibanaRun> {
  const begun = await engine.kibana.start({ target, interactive }, { signal: context.signal })
  context.tell(`Starting Kibana: its first start takes a minute or more. Its log: ${begun.logFile ?? ''}`)
  return followKibana(engine, begun, context, async ({ runId, link }) => {
    const opened = await engine.kibana.open({ runId })
    context.tell(`${opened ? 'Opened in the browser' : 'Open in a browser'}: ${link ?? ''}`)
    context.tell('Paste the enrollment token for Kibana there: the one that up printed, or a new one of firstnode token --scope kibana.')
  })
}

function refuseTogether(given: Readonly<Record<'interactive' | 'undo' | 'no-start' | 'replace' | 'token-stdin', boolean>>): void {
  const clash = (one: keyof typeof given, others: readonly (keyof typeof given)[]): void => {
    const other = given[one] ? others.find((name) => given[name]) : undefined
    if (other !== undefined) throw problem('bad_input', { what: `--${one} and --${other} do not go together.`, want: 'Give one of them. See: firstnode kibana --help' })
  }
  clash('undo', ['interactive', 'no-start', 'replace', 'token-stdin'])
  clash('interactive', ['no-start', 'replace', 'token-stdin'])
}

interface End {
  readonly sentences: readonly string[]
  readonly notes: readonly ProblemView[]
  readonly run: KibanaRun | null
  readonly url: string
  readonly startable: boolean
}

function endPage(end: End, context: Context): string {
  const { good, warn, accent, signs } = context.out
  const done = [
    ...end.sentences.map((sentence) => `${good(signs.done)} ${printable(sentence)}\n`),
    ...end.notes.map(({ message, remedy }) => `${warn(signs.dot)} ${printable(`${message} ${remedy}`)}\n`),
  ]
  if (end.run !== null) return [...done, `${good(signs.done)} Kibana answers. Log in as elastic:\n  ${accent(printable(end.run.url))}\n`].join('')
  const how = end.startable ? 'Start Kibana, then open:' : 'There is no bin/kibana here to start. Start Kibana as you usually do, then open:'
  return [...done, `${signs.dot} ${how}\n  ${accent(printable(end.url))}\n`].join('')
}
