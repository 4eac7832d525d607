import type { PracticeVersion } from '../../support/fresh-home.ts'
import { benchHome, type BenchHome } from '../bench-home.ts'
import { untilNodes } from '../count-nodes.ts'
import { figuresOfRounds } from '../figures-of-rounds.ts'
import { openFirstNode } from '../first-node.ts'
import { mustEnd } from '../leftovers.ts'
import { startJoining, stopIfRunning } from '../our-node.ts'
import { nothingToClose, type Measure, type Part } from '../part.ts'
import { resident } from '../resident.ts'

/** The nodes that join, by their number in the cluster. */
const joining = [2, 3, 4, 5, 6] as const
const timeOf = (node: number): string => `node-${node}`
const memoryOf = (node: number): string => `memory-${node}`

export const nodesPart: Part = {
  name: 'nodes',
  title: 'Up to six nodes on one machine',
  about:
    'A first node, and five more that join it one after the other, each by `join` with a token of its own: how long each takes until the cluster has it, asked from outside, while those before it run; and what memory it then has (resident, once it was proved; its heap is 512 MB, 1 MB is 1,000,000 bytes). Each round begins with a new cluster. There is nothing of stock beside it.',
  times: 1,
  drawn: joining.map(timeOf),
  open: async (version) => {
    const next = figuresOfRounds(() => oneAfterTheOther(version))
    const measures: Measure[] = [
      ...joining.map((node) => ({ id: timeOf(node), what: `node ${node}`, unit: 'ms' as const, take: () => next(timeOf(node)) })),
      ...joining.map((node) => ({ id: memoryOf(node), what: `node ${node}, its memory`, unit: 'MB' as const, take: () => next(memoryOf(node)) })),
    ]
    return { measures, close: nothingToClose }
  },
}

async function oneAfterTheOther(version: PracticeVersion): Promise<Map<string, number>> {
  const first = await openFirstNode(version)
  const { engine, target, password } = first
  const homes: BenchHome[] = []
  const figures = new Map<string, number>()
  const stopAll = mustEnd(() => Promise.all(homes.map((home) => stopIfRunning(engine, home))))
  try {
    for (const node of joining) {
      const home = await benchHome(version)
      homes.push(home)
      const { token } = await engine.cluster.token({ target, password, scope: 'node' })
      const began = performance.now()
      const start = await startJoining(engine, home, token)
      await untilNodes(first, node, () => start.stillGood())
      figures.set(timeOf(node), performance.now() - began)
      await start.ready
      const status = await engine.node.status({ home: home.home })
      if (status.node === null) throw new Error(`Node ${node} does not run any more.`)
      figures.set(memoryOf(node), await resident(status.node.pid))
    }
    return figures
  } finally {
    await stopAll()
    await first.close()
    await Promise.all(homes.map((home) => home.remove()))
  }
}
