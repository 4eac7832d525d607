import { defineCommand } from '../command.ts'
import { outputOptions } from '../options/shared-options.ts'

const way = 'npm start'

export const wizard = defineCommand({
  name: 'wizard',
  summary: 'how to open the wizard: the same way, as pages in a browser',
  required: [],
  about: ['The wizard is a host of its own, served on this machine only. It is started from the folder of the sources.'],
  options: { ...outputOptions },
  examples: [['npm start -- --no-open', 'prints its address without opening a browser']],
  exits: [],
  looksOnly: true,
  perform: async (_, context) => {
    const page = `Start the wizard from the folder of the sources:

  ${context.out.accent(way)}                    opens it in a browser
  ${context.out.accent(`${way} -- --no-open`)}       only prints its address
  ${context.out.accent(`${way} -- --port 8642`)}     on a server reached over SSH: prints the line for the tunnel
`
    await context.result({ start: way }, page)
    return 0
  },
})
