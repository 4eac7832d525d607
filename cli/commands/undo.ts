import { problem } from '../../shared/problems/problem.ts'
import type { UndoPreview } from '../../shared/contract/node.ts'
import { defineCommand, type Context } from '../command.ts'
import { followWork } from '../follow-work.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { ToldError } from '../problem-page.ts'
import { askPlainly, elasticPassword } from '../secret-input.ts'
import { withProgress } from '../terminal/progress.ts'
import { printable } from '../terminal/text.ts'

export const undo = defineCommand({
  name: 'undo',
  summary: 'take back a whole set-up: the home becomes what it was before',
  required: ['home'],
  about: [
    'Says what it will do, asks, then stops the node and puts back what up replaced. Data is deleted only where this set-up formed the cluster and all its indices are system indices; else it refuses and changes nothing.',
    'Without a terminal to ask on, --yes is needed. With --json: {undone, sentences}. Where the password of the elastic user is needed, it comes from ELASTIC_PASSWORD or --password-stdin.',
  ],
  options: {
    ...homeOptions,
    yes: { kind: 'flag', help: 'do not ask' },
    'password-stdin': secretOptions['password-stdin'],
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
    const password = await passwordFor(preview, values['password-stdin'], context)
    context.signal.throwIfAborted()
    const { sentences } = await withProgress(context, async (view) => followWork(engine, await engine.undo.apply({ target, ...password }), context, view))
    const { good, signs } = context.out
    await context.result({ undone: true, sentences }, sentences.map((sentence) => `${good(signs.done)} ${printable(sentence)}\n`).join(''))
    return 0
  },
})

async function insistOnYes(context: Context): Promise<void> {
  const terminal = context.io.stdin.isTTY === true && context.io.stderr.isTTY === true
  if (!terminal || context.json) throw problem('needs_yes', { command: 'undo' })
  const answer = await askPlainly('Undo this set-up? Type yes to go on: ', context)
  if (answer.trim().toLowerCase() !== 'yes') throw problem('declined', { what: 'Undo' })
}

async function passwordFor(preview: UndoPreview, fromStdin: boolean, context: Context): Promise<{ password?: string }> {
  if (!fromStdin && !preview.needsPassword) return context.elasticPassword === null ? {} : { password: context.elasticPassword.reveal() }
  return { password: (await elasticPassword(context, fromStdin)).reveal() }
}
