import type { PracticeVersion } from '../../support/fresh-home.ts'
import { benchHome, giveHeap, heap, type BenchHome } from '../bench-home.ts'
import { untilNodes } from '../count-nodes.ts'
import { openFirstNode, type FirstNode } from '../first-node.ts'
import { mustEnd } from '../leftovers.ts'
import { startJoining, stopIfRunning } from '../our-node.ts'
import type { Part } from '../part.ts'
import { startStock } from '../stock-node.ts'
import { timeOurs } from '../timed-process.ts'

export const enrollPart: Part = {
  name: 'enroll',
  title: 'Configuring and starting an enrolled node',
  about:
    "A second node on the machine of a first one, with an enrollment token that was made before. Until the cluster has two nodes, asked from outside in the same way. Stock is `bin/elasticsearch --enrollment-token TOKEN` on a terminal, on a fresh home; ours is the whole way from looking at the home to the start, in a process that runs already. The last row is the whole command line, which ends when it has asked the cluster itself through the new node. All have a heap of 512 MB.",
  times: 1,
  open: async (version) => {
    const first = await openFirstNode(version)
    return {
      close: first.close,
      measures: [
        { id: 'stock', what: 'stock: `bin/elasticsearch --enrollment-token`', unit: 'ms', take: () => stockJoin(first, version) },
        {
          id: 'ours',
          what: 'ours: `join`, until the cluster has the node',
          unit: 'ms',
          goals: [{ of: 'stock', most: 0.7, limit: 'The rest is Elasticsearch itself: its JVM, its modules and finding the master take as long as they do for stock.' }],
          take: () => ourJoin(first, version),
        },
        {
          id: 'command',
          what: 'ours: `firstnode join`, to its end',
          unit: 'ms',
          take: () => commandJoin(first, version),
        },
      ],
    }
  },
}

async function stockJoin(first: FirstNode, version: PracticeVersion): Promise<number> {
  return onJoiningHome(first, version, async (home, token) => {
    await giveHeap(home)
    const began = performance.now()
    const node = startStock(home, ['--enrollment-token', token])
    try {
      await untilNodes(first, 2, () => node.stillGood())
      return performance.now() - began
    } finally {
      await node.end()
    }
  })
}

async function ourJoin(first: FirstNode, version: PracticeVersion): Promise<number> {
  return onJoiningHome(first, version, async (home, token) => {
    const began = performance.now()
    const start = await startJoining(first.engine, home, token)
    await untilNodes(first, 2, () => start.stillGood())
    const ms = performance.now() - began
    await start.ready
    return ms
  })
}

async function commandJoin(first: FirstNode, version: PracticeVersion): Promise<number> {
  return onJoiningHome(first, version, async (home, token) => (await timeOurs(['join', '--home', home.home, '--heap', heap, '--json'], { token })).ms)
}

/** A fresh home and a token for it; afterwards its node is stopped, and the cluster is the first node alone again. */
async function onJoiningHome(first: FirstNode, version: PracticeVersion, work: (home: BenchHome, token: string) => Promise<number>): Promise<number> {
  const { engine, target, password } = first
  const home = await benchHome(version)
  const stop = mustEnd(() => stopIfRunning(engine, home))
  try {
    const { token } = await engine.cluster.token({ target, password, scope: 'node' })
    return await work(home, token)
  } finally {
    await stop()
    await untilNodes(first, 1)
    await home.remove()
  }
}
