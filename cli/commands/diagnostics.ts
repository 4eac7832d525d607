import { defineCommand } from '../command.ts'
import { outputOptions } from '../options/shared-options.ts'
import { printableLines } from '../terminal/text.ts'

export const diagnostics = defineCommand({
  name: 'diagnostics',
  summary: 'a text to attach to a report: versions, machine, what was found; without secrets',
  required: [],
  about: [
    'Versions, memory and disk, the Elasticsearch homes in the usual places with version, state, Java and verdict, and the newest lines of the last start that failed. Passwords, keys and tokens are masked, and your home folder is written as ~. Read it before you send it: names of folders and of machines are in it.',
    'With --json: {text}. Nothing is sent anywhere, and nothing is changed.',
  ],
  options: { ...outputOptions },
  examples: [['firstnode diagnostics > report.txt', 'to be attached to a report']],
  exits: [],
  looksOnly: true,
  perform: async (_, context) => {
    const engine = await context.engine()
    const { text } = await engine.host.diagnostics(undefined, { signal: context.signal })
    await context.result({ text }, printableLines(text))
    return 0
  },
})
