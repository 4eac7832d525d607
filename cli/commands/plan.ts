import { defineCommand } from '../command.ts'
import { answersOf, refusePortClash } from '../first-node.ts'
import { answerOptions, homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { readSecrets } from '../secret-input.ts'
import { planPage } from '../terminal/plan-page.ts'

export const plan = defineCommand({
  name: 'plan',
  summary: 'show what up would write, and touch nothing',
  required: ['home'],
  about: [
    'Prints what `up` with the same options would do: a sentence for each fact, every file with its mode and owner, and elasticsearch.yml as a diff. Nothing on disk is touched, and what was made for the preview is dropped.',
  ],
  options: { ...homeOptions, ...answerOptions, 'keystore-password-stdin': secretOptions['keystore-password-stdin'], ...outputOptions },
  examples: [
    ['firstnode plan --home ~/elasticsearch-9.4.3', 'with every default'],
    ['firstnode plan --home ~/elasticsearch-9.4.3 --node-name alpha --http-port 9201', 'with a name and a port of your own'],
  ],
  exits: [3, 5],
  looksOnly: true,
  perform: async (values, context) => {
    const target = targetOf(values, 'plan')
    refusePortClash(values)
    const secrets = await readSecrets(values['keystore-password-stdin'] ? ['keystore'] : [], context)
    const engine = await context.engine()
    const preview = await engine.setup.plan({ target, answers: answersOf(values, secrets) }, { signal: context.signal })
    const { planId, ...shown } = preview
    await engine.setup.discard({ planId })
    await context.result(shown, planPage(preview, context.out))
    return 0
  },
})
