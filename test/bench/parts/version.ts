import { nodeExecutable } from '../../../build/node-runtime.mjs'
import { nothingToClose, type Part } from '../part.ts'
import { time, timeOurs } from '../timed-process.ts'

export const versionPart: Part = {
  name: 'version',
  title: 'Starting the command line',
  about: '`firstnode --version` of the built command line, from the start of the process to its end.',
  times: 4,
  open: async () => ({
    close: nothingToClose,
    measures: [
      {
        id: 'version',
        what: '`firstnode --version`',
        unit: 'ms',
        goals: [{ of: 'node', most: 1.5, limit: 'Reading the table of problems and opening standard output.' }],
        take: async () => (await timeOurs(['--version'])).ms,
      },
      {
        id: 'node',
        what: 'the limit: Node that does nothing',
        unit: 'ms',
        take: async () => (await time(nodeExecutable(), ['-e', '0'], { env: process.env })).ms,
      },
    ],
  }),
}
