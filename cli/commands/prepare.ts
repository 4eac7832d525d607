import type { RemedyPreview } from '../../shared/contract/preflight.ts'
import { problem } from '../../shared/problems/problem.ts'
import { callLine } from '../call-line.ts'
import { defineCommand, type Context } from '../command.ts'
import { exitOfVerdict } from '../exit-code.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { askPlainly, readSecrets } from '../secret-input.ts'
import { remedyPage } from '../terminal/remedy-page.ts'
import { printable } from '../terminal/text.ts'

export const prepare = defineCommand({
  name: 'prepare',
  summary: 'undo what stands in the way of a first secured node, after a preview',
  required: ['home'],
  about: [
    'Comments out the settings in elasticsearch.yml, and takes out the entries of elasticsearch.keystore, that keep Elasticsearch from configuring security. Everything else stays as it is; no data directory is touched. It refuses where security is configured, and where the node runs or has data.',
    'Prints what it will change, asks, then changes all of it or nothing; `undo` puts it back. Without a terminal to ask on, --yes is needed. With --json: {applied, sentences, settings, keystoreEntries, changes, clears, remains, verdict}. It ends with the code of the verdict that `check` gives afterwards.',
  ],
  options: {
    ...homeOptions,
    yes: { kind: 'flag', help: 'do not ask' },
    'keystore-password-stdin': secretOptions['keystore-password-stdin'],
    ...outputOptions,
  },
  examples: [
    ['firstnode prepare --home ~/elasticsearch-9.4.3', 'shows what will change, and asks'],
    ['firstnode prepare --home /opt/es --yes && firstnode up --home /opt/es', 'for a script'],
  ],
  exits: [3, 4, 5, 10, 11],
  looksOnly: false,
  perform: async (values, context) => {
    const target = targetOf(values, 'prepare')
    const { keystore } = await readSecrets(values['keystore-password-stdin'] ? ['keystore'] : [], context)
    const engine = await context.engine()
    const preview = await engine.preflight.previewRemedy(
      { target, ...(keystore === undefined ? {} : { keystorePassword: keystore.reveal() }) },
      { signal: context.signal },
    )
    const { planId, target: _, ...shown } = preview
    const upLine = callLine(context.io, 'up', target)
    if (planId === null) {
      await context.result({ applied: false, ...shown }, `${context.out.good(context.out.signs.done)} Nothing stands in the way. Go on with:\n  ${context.out.accent(printable(upLine))}\n`)
      return 0
    }
    if (!context.json) await context.result(null, remedyPage(preview, context.out))
    if (!values.yes && !(await mayWrite(preview, context))) return 3
    const { sentences, report } = await engine.preflight.applyRemedy({ planId }, { signal: context.signal })
    const { good, accent, signs } = context.out
    const next = report.verdict === 'ready' ? `Go on with:\n  ${accent(printable(upLine))}\n` : ''
    await context.result({ applied: true, ...shown, sentences, verdict: report.verdict }, `\n${sentences.map((sentence) => `${good(signs.done)} ${printable(sentence)}\n`).join('')}${next}`)
    return exitOfVerdict(report)
  },
})

/** Asks on a terminal; without one, the preview is all there is. */
async function mayWrite({ planId: _, target: __, ...shown }: RemedyPreview, context: Context): Promise<boolean> {
  if (context.json) {
    await context.result({ applied: false, ...shown }, '')
    return false
  }
  const terminal = context.io.stdin.isTTY === true && context.io.stderr.isTTY === true
  if (!terminal) throw problem('needs_yes_to_write', { command: 'prepare' })
  const answer = await askPlainly('Change these files? Type yes to go on: ', context)
  if (answer.trim().toLowerCase() !== 'yes') throw problem('declined', { what: 'Prepare' })
  return true
}
