import { defineCommand } from '../command.ts'
import { homeOptions, outputOptions, targetOf } from '../options/shared-options.ts'
import { toldOf } from '../problem-page.ts'
import { statusPage } from '../terminal/status-page.ts'

export const stop = defineCommand({
  name: 'stop',
  summary: 'stop the node of this home',
  required: ['home'],
  about: ['Asks the node to stop, waits until it has, and insists where it does not. A node that does not run is no error. Prints what `status` prints.'],
  options: { ...homeOptions, ...outputOptions },
  examples: [['firstnode stop --home ~/elasticsearch-9.4.3', 'returns when it has stopped']],
  exits: [3, 4, 5],
  looksOnly: false,
  perform: async (values, context) => {
    const target = targetOf(values, 'stop')
    const engine = await context.engine()
    const found = await engine.node.stop(target, { signal: context.signal }).catch((thrown: unknown) => {
      if (toldOf(thrown).code === 'not_running') return engine.node.status(target, { signal: context.signal })
      throw thrown
    })
    await context.result(found, statusPage(found, context.out))
    return 0
  },
})
