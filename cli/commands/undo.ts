import { problem } from '../../shared/problems/problem.ts'
import type { UndoPreview } from '../../shared/contract/node.ts'
import { defineCommand, type Context } from '../command.ts'
import { followWork } from '../follow-work.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { ToldError } from '../problem-page.ts'
import { askPlainly, elasticPassword, readSecrets } from '../secret-input.ts'
import { withProgress } from '../terminal/progress.ts'
import { printable } from '../terminal/text.ts'

export const undo = defineCommand({
  name: 'undo',
  summary: 'take back a whole set-up: the home becomes what it was before',
  required: ['home'],
  about: [
    'Says what it will do, asks, then stops the node and puts back what up replaced. Data is deleted only where this set-up formed the cluster and all its indices are system indices; else it refuses and changes nothing.',
    'Without a terminal to ask on, --yes is needed. With --json: {undone, sentences}. Where the password of the elastic user is needed, it comes from ELASTIC_PASSWORD or --password-stdin.',
    'A node that joined a cluster gives up its vote first, so that the others can go on. Where the cluster has no master, or other nodes of it are stopped, it refuses: start them first. Once they no longer exist, --others-gone undoes this node without them and deletes its data.',
    'A stopped node is started to be asked about its indices. Where its keystore has a password, that comes from --keystore-password-stdin (the first line), or is asked for on a terminal.',
  ],
  options: {
    ...homeOptions,
    yes: { kind: 'flag', help: 'do not ask' },
    'others-gone': { kind: 'flag', help: 'the other nodes of the cluster no longer exist: delete this node and its data without them' },
    ...secretOptions,
    ...outputOptions,
  },
  examples: [
    ['firstnode undo --home ~/elasticsearch-9.4.3', 'says what will go, and asks'],
    ['firstnode undo --home ~/elasticsearch-9.4.3 --yes', 'for a script'],
  ],
  exits: [3, 4, 5, 6],
  looksOnly: false,
  perform: async (values, context) => {
    const target = targetOf(values, 'undo')
    const engine = await context.engine()
    const preview = await engine.undo.preview(target, { signal: context.signal })
    if (preview.refusal !== null) throw new ToldError(preview.refusal)
    for (const sentence of preview.sentences) context.tell(`${context.err.signs.dot} ${printable(sentence)}`)
    if (!values.yes) await insistOnYes(context)
    const secrets = await secretsFor(preview, { keystore: values['keystore-password-stdin'], elastic: values['password-stdin'] }, context)
    context.signal.throwIfAborted()
    const { sentences } = await withProgress(context, async (view) => followWork(engine, await engine.undo.apply({ target, ...secrets, ...(values['others-gone'] ? { othersGone: true } : {}) }), context, view))
    const { good, signs } = context.out
    await context.result({ undone: true, sentences }, sentences.map((sentence) => `${good(signs.done)} ${printable(sentence)}\n`).join(''))
    return 0
  },
})

async function insistOnYes(context: Context): Promise<void> {
  if (!canAsk(context)) throw problem('needs_yes', { command: 'undo' })
  const answer = await askPlainly('Undo this set-up? Type yes to go on: ', context)
  if (answer.trim().toLowerCase() !== 'yes') throw problem('declined', { what: 'Undo' })
}

async function secretsFor(preview: UndoPreview, fromStdin: { readonly keystore: boolean; readonly elastic: boolean }, context: Context): Promise<{ password?: string; keystorePassword?: string }> {
  const keystoreWanted = fromStdin.keystore || (preview.needsKeystorePassword && canAsk(context))
  const read = await readSecrets([...(keystoreWanted ? (['keystore'] as const) : []), ...(fromStdin.elastic ? (['elastic'] as const) : [])], context)
  const password = read.elastic ?? (preview.needsPassword ? await elasticPassword(context, false) : context.elasticPassword)
  return { ...(read.keystore === undefined ? {} : { keystorePassword: read.keystore.reveal() }), ...(password === null ? {} : { password: password.reveal() }) }
}

function canAsk({ io, json }: Context): boolean {
  return io.stdin.isTTY === true && io.stderr.isTTY === true && !json
}
