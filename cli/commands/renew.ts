import type { RenewalPreview } from '../../shared/contract/certificates.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import { renewalUndoWords, renewalWords } from '../../shared/renewal-words.ts'
import { defineCommand, type Context } from '../command.ts'
import { followWork } from '../follow-work.ts'
import type { Engine } from '../io.ts'
import { mayWrite } from '../may-write.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { readSecrets, withKeystorePassword } from '../secret-input.ts'
import { planParts } from '../terminal/plan-page.ts'
import { withProgress } from '../terminal/progress.ts'
import { printable } from '../terminal/text.ts'

export const renew = defineCommand({
  name: 'renew',
  summary: 'renew the HTTP certificate, without a restart and without a change for clients',
  required: ['home'],
  about: [
    'Generates a new key and a new HTTP certificate from the same CA, valid for two years or as long as the CA. The new certificate has every name and address of the old one, those that this machine has now, and those given with --san. Clients keep trusting the CA they have.',
    'The keystore is replaced in one step, with the same password. A running node loads it within a few seconds; Firstnode waits until the node serves the new certificate, and restores the old keystore if it does not. This also works when the old certificate has expired, or the node is stopped.',
    'With --ca the CA certificate is issued again as well, with the same key and name. Clients that have the old CA certificate accept the node until it expires, and the new one also accepts what the old one issued, so clients can change over one by one. The fingerprint changes; Firstnode lists what is known to use it. Run it on every node of the cluster: each issues the same CA certificate.',
    'Certificates in PEM files, and those whose CA key is not in the HTTP keystore, are not changed: renew them where they were issued.',
    'Firstnode shows what will change, and asks; without a terminal, --yes is needed. With --json: {renewed, path, names, added, oldUntil, newUntil, node, authority, changes, sentences}; with --undo {undone, restored, sentences}.',
  ],
  options: {
    ...homeOptions,
    ca: { kind: 'flag', help: 'issue the CA certificate again as well: same key and name, three years longer' },
    san: { kind: 'list', value: 'NAME', help: 'add a host name or IP address to the certificate; can be repeated' },
    undo: { kind: 'flag', help: 'restore the certificates as they were before the newest renewal' },
    yes: { kind: 'flag', help: 'do not ask' },
    'keystore-password-stdin': secretOptions['keystore-password-stdin'],
    ...outputOptions,
  },
  examples: [
    ['firstnode renew --home /opt/es', 'shows what will change, and asks'],
    ['firstnode renew --home /opt/es --san es.example.org --yes', 'with one more name; for a script'],
    ['firstnode renew --home /opt/es --ca', 'the CA certificate as well, three years longer'],
    ['firstnode renew --home /opt/es --undo --yes', 'the old certificate again'],
  ],
  exits: [3, 4, 5],
  looksOnly: false,
  perform: async (values, context) => {
    const target = targetOf(values, 'renew')
    if (values.undo && (values.ca || values.san.length > 0))
      throw problem('bad_input', { what: '--undo excludes --ca and --san.', want: 'Give --undo alone.' })
    const { keystore } = await readSecrets(values['keystore-password-stdin'] ? ['keystore'] : [], context)
    const engine = await context.engine()
    if (values.undo) return undo(engine, target, values.yes, context)
    const preview = await withKeystorePassword(keystore, context, (password) =>
      engine.certificates.previewRenewal(
        {
          target,
          san: [...values.san],
          ...(values.ca ? { authority: true } : {}),
          ...(password === undefined ? {} : { keystorePassword: password.reveal() }),
        },
        { signal: context.signal },
      ),
    )
    return renewAs(preview, { engine, yes: values.yes, context })
  },
})

async function renewAs(
  preview: RenewalPreview,
  { engine, yes, context }: { engine: Engine; yes: boolean; context: Context },
): Promise<number> {
  const { planId, target: _, ...shown } = preview
  const sentences = renewalWords(preview)
  if (!context.json)
    await context.result(null, `${planParts({ sentences, changes: preview.changes }, context.out).join('\n\n')}\n`)
  if (
    !yes &&
    !(await mayWrite({ renewed: false, ...shown, sentences }, { command: 'renew', what: 'The renewal' }, context))
  )
    return 3
  const done = await withProgress(context, async (view) =>
    followWork(engine, await engine.certificates.renew({ planId }), context, view),
  )
  await context.result({ renewed: true, ...shown, sentences: done.sentences }, doneLines(done.sentences, context))
  return 0
}

async function undo(engine: Engine, target: NodeTarget, yes: boolean, context: Context): Promise<number> {
  const preview = await engine.certificates.previewUndo(target, { signal: context.signal })
  const foreseen = renewalUndoWords(preview)
  for (const sentence of foreseen) context.tell(`${context.err.signs.dot} ${printable(sentence)}`)
  const shown = { restored: preview.restored, sentences: foreseen }
  if (!yes && !(await mayWrite({ undone: false, ...shown }, { command: 'renew --undo', what: 'The undo' }, context)))
    return 3
  const { sentences } = await withProgress(context, async (view) =>
    followWork(engine, await engine.certificates.undo(target), context, view),
  )
  await context.result({ undone: true, ...shown, sentences }, doneLines(sentences, context))
  return 0
}

function doneLines(sentences: readonly string[], { out: { good, signs } }: Context): string {
  return `\n${sentences.map((sentence) => `${good(signs.done)} ${printable(sentence)}\n`).join('')}`
}
