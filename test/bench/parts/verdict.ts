import { inspect } from '../../../engine/installation/inspect.ts'
import { runPreflight } from '../../../engine/preflight/preflight.ts'
import { benchHome } from '../bench-home.ts'
import type { Part } from '../part.ts'
import { timeOurs, timeStock } from '../timed-process.ts'

/** Stock's exit status of a home that it skips (sysexits: EX_NOPERM + 3). */
const stockSkips = 80
const oursSkips = 10

export const verdictPart: Part = {
  name: 'verdict',
  title: 'The verdict on a home',
  about:
    'On a home that Elasticsearch skips, because its settings say `xpack.security.enabled`: stock is `bin/auto-configure-node`, which ends with 80 and has written nothing; ours inspects and runs every check, in a process that runs already. The last row is the whole command line.',
  times: 2,
  open: async (version) => {
    const home = await benchHome(version, ['xpack.security.enabled: true'])
    return {
      close: () => home.remove(),
      measures: [
        { id: 'stock', what: 'stock: `auto-configure-node`', unit: 'ms', take: async () => (await timeStock(home, 'auto-configure-node', ['-v'], stockSkips)).ms },
        {
          id: 'ours',
          what: 'ours: inspect and judge',
          unit: 'ms',
          goals: [{ of: 'stock', most: 0.1, limit: 'Looking at more than stock does: Java, ports, disk, memory and limits.' }],
          take: async () => {
            const began = performance.now()
            const { verdict } = await runPreflight(await inspect({ home: home.home }))
            const ms = performance.now() - began
            if (verdict !== 'skipped') throw new Error(`The verdict is ${verdict}, not skipped.`)
            return ms
          },
        },
        { id: 'command', what: 'ours: `firstnode check`', unit: 'ms', take: async () => (await timeOurs(['check', '--home', home.home], { exit: oursSkips })).ms },
      ],
    }
  },
}
