import { defineCommand } from '../command.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { readSecrets } from '../secret-input.ts'
import { startConfigured } from '../start-configured.ts'
import { statusOf } from '../status-of.ts'
import { statusPage } from '../terminal/status-page.ts'

export const start = defineCommand({
  name: 'start',
  summary: 'start a configured node again, after a stop or a reboot',
  required: ['home'],
  about: [
    'Starts the node of a home whose security is configured, and waits until it answers. It stays when this command is over. A node that runs already is no error. Prints what `status` prints.',
    'Where its settings turn on no TLS for clients, no more is proved than that its port answers, and that is said.',
    'For a home that was never started: firstnode up.',
  ],
  options: { ...homeOptions, 'keystore-password-stdin': secretOptions['keystore-password-stdin'], ...outputOptions },
  examples: [['firstnode start --home ~/elasticsearch-9.4.3', 'returns when it answers']],
  exits: [3, 4, 5],
  looksOnly: false,
  perform: async (values, context) => {
    const target = targetOf(values, 'start')
    const { keystore } = await readSecrets(values['keystore-password-stdin'] ? ['keystore'] : [], context)
    const engine = await context.engine()
    const before = await statusOf(engine, target, context)
    if (before.running && (before.unfinished === undefined || before.unfinished.command === 'start')) for (const sentence of (await engine.setup.endUnfinished(target)).sentences) context.tell(sentence)
    if (!before.running) await startConfigured(engine, target, keystore, context)
    const now = await statusOf(engine, target, context)
    await context.result(now, statusPage(now, context.out))
    return 0
  },
})
