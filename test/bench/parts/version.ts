import { join } from 'node:path'
import { nodeExecutable } from '../../../build/node-runtime.mjs'
import { benchHome } from '../bench-home.ts'
import type { Part } from '../part.ts'
import { time, timeOurs } from '../timed-process.ts'

export const versionPart: Part = {
  name: 'version',
  title: 'Starting the command line',
  about:
    'The built command line, from the start of the process to its end: `firstnode --version`, and `firstnode check` on a fresh home. Beside it, Node that does nothing, and Java that takes what Elasticsearch 9 is started with, prints its options and ends: `check` asks Java whether it accepts the options of the home.',
  times: 4,
  open: async (version) => {
    const home = await benchHome(version)
    const java = join(home.java, 'bin', 'java')
    const options = ['-XX:+UseG1GC', '--add-modules=jdk.incubator.vector', '-XX:-UsePerfData', '-XX:-AlwaysPreTouch', '-XX:+PrintFlagsFinal', '-version']
    return {
      close: () => home.remove(),
      measures: [
        {
          id: 'version',
          what: '`firstnode --version`',
          unit: 'ms',
          goals: [{ of: 'node', most: 1.5, limit: 'Reading the table of problems and opening standard output.' }],
          take: async () => (await timeOurs(['--version'])).ms,
        },
        {
          id: 'check',
          what: '`firstnode check`',
          unit: 'ms',
          goals: [{ of: 'node', most: 3, limit: 'Java alone takes more than that (last row).' }],
          take: async () => (await timeOurs(['check', '--home', home.home])).ms,
        },
        {
          id: 'node',
          what: 'the limit: Node that does nothing',
          unit: 'ms',
          take: async () => (await time(nodeExecutable(), ['-e', '0'], { env: process.env })).ms,
        },
        {
          id: 'java',
          what: 'the limit: Java that prints its options',
          unit: 'ms',
          take: async () => (await time(java, options, { env: home.env })).ms,
        },
      ],
    }
  },
}
