import type { PracticeVersion } from '../../support/fresh-home.ts'
import { benchHome, giveHeap, heap, type BenchHome } from '../bench-home.ts'
import { untilNodes } from '../count-nodes.ts'
import { openFirstNode, type FirstNode } from '../first-node.ts'
import { mustEnd } from '../leftovers.ts'
import { startConfigured, startJoining, stopIfRunning, type OurStart } from '../our-node.ts'
import type { Part } from '../part.ts'
import { startStock } from '../stock-node.ts'
import { timeOurs } from '../timed-process.ts'

export const enrollPart: Part = {
  name: 'enroll',
  title: 'Configuring and starting an enrolled node',
  about:
    "A second node on the machine of a first one, with an enrollment token that was made before. Until the cluster has two nodes, asked from outside in the same way. Stock is `bin/elasticsearch --enrollment-token TOKEN` on a terminal, on a fresh home; ours is the whole way from looking at the home to the start, in a process that runs already. The third row is the whole command line, which ends when it has asked the cluster itself through the new node; the last one starts a node that joined and was stopped, with nothing left to configure. All have a heap of 512 MB.",
  times: 1,
  open: async (version) => {
    const first = await openFirstNode(version)
    const joined = await joinedHome(first, version).catch(async (thrown: unknown) => {
      await first.close()
      throw thrown
    })
    return {
      close: async () => {
        await first.close()
        await joined.remove()
      },
      measures: [
        { id: 'stock', what: 'stock: `bin/elasticsearch --enrollment-token`', unit: 'ms', take: () => stockJoin(first, version) },
        {
          id: 'ours',
          what: 'ours: `join`, until the cluster has the node',
          unit: 'ms',
          goals: [{ of: 'stock', most: 0.7, limit: 'More than that is Elasticsearch itself: a node that has joined already takes as long to start (last row). What ours adds, looking, one RSA key and the files, is a second or so.' }],
          take: () => ourJoin(first, version),
        },
        {
          id: 'command',
          what: 'ours: `firstnode join`, to its end',
          unit: 'ms',
          take: () => commandJoin(first, version),
        },
        { id: 'limit', what: 'the limit: starting a node that has joined', unit: 'ms', take: () => startAgain(first, joined) },
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
  return onJoiningHome(first, version, async (home, token) => untilTaken(first, () => startJoining(first.engine, home, token)))
}

/** From `begin` until the cluster has two nodes; then lets the set-up end. */
async function untilTaken(first: FirstNode, begin: () => Promise<OurStart>): Promise<number> {
  const began = performance.now()
  const start = await begin()
  await untilNodes(first, 2, () => start.stillGood())
  const ms = performance.now() - began
  await start.ready
  return ms
}

/** A home whose node has joined, and was stopped. */
async function joinedHome(first: FirstNode, version: PracticeVersion): Promise<BenchHome> {
  const { engine, target, password } = first
  const home = await benchHome(version)
  const { token } = await engine.cluster.token({ target, password, scope: 'node' })
  await thenAlone(first, home, () => untilTaken(first, () => startJoining(engine, home, token)))
  return home
}

async function startAgain(first: FirstNode, home: BenchHome): Promise<number> {
  return thenAlone(first, home, () => untilTaken(first, () => startConfigured(first.engine, home)))
}

async function commandJoin(first: FirstNode, version: PracticeVersion): Promise<number> {
  return onJoiningHome(first, version, async (home, token) => (await timeOurs(['join', '--home', home.home, '--heap', heap, '--json'], { token })).ms)
}

/** A fresh home and a token for it; afterwards the home is gone. */
async function onJoiningHome(first: FirstNode, version: PracticeVersion, work: (home: BenchHome, token: string) => Promise<number>): Promise<number> {
  const { engine, target, password } = first
  const home = await benchHome(version)
  try {
    const { token } = await engine.cluster.token({ target, password, scope: 'node' })
    return await thenAlone(first, home, () => work(home, token))
  } finally {
    await home.remove()
  }
}

/** Afterwards the node of this home is stopped, and the cluster is the first node alone again. */
async function thenAlone(first: FirstNode, home: BenchHome, work: () => Promise<number>): Promise<number> {
  const stop = mustEnd(() => stopIfRunning(first.engine, home))
  try {
    return await work()
  } finally {
    await stop()
    await untilNodes(first, 1)
  }
}
