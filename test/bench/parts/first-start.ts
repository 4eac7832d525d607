import type { PracticeVersion } from '../../support/fresh-home.ts'
import { benchHome, giveHeap, type BenchHome } from '../bench-home.ts'
import { mustEnd } from '../leftovers.ts'
import { configure, draftOn, openEngine, startConfigured, startDrafted, startFirst, stopIfRunning, type Client, type OurStart } from '../our-node.ts'
import type { Part } from '../part.ts'
import { startStock } from '../stock-node.ts'
import { untilHttpsAnswers } from '../until-https.ts'

const elasticsearchItself = 'The rest is Elasticsearch itself: its JVM, its modules and its first cluster state take as long as they do for stock.'

export const firstStartPart: Part = {
  name: 'first-start',
  title: 'A first start, until HTTPS answers',
  about:
    'Until the HTTPS port answers with any status, asked from outside in the same way. Stock is `bin/elasticsearch` on a terminal, on a fresh home; ours is the whole way from inspecting to the start, and the same without the wait for the keys. All have a heap of 512 MB.',
  times: 1,
  open: async (version) => {
    const { engine, close } = openEngine()
    const configured = await configuredHome(version, engine)
    return {
      close: async () => {
        await close()
        await configured.remove()
      },
      measures: [
        { id: 'stock', what: 'stock: `bin/elasticsearch`', unit: 'ms', take: () => stockStart(version) },
        {
          id: 'ours',
          what: 'ours, from nothing',
          unit: 'ms',
          goals: [{ of: 'stock', most: 0.8, limit: elasticsearchItself }],
          take: () => onFreshHome(version, (home) => timeOurs(engine, home, () => startFirst(engine, home))),
        },
        {
          id: 'ready',
          what: 'ours, with the keys ready',
          unit: 'ms',
          goals: [
            { of: 'stock', most: 0.72, limit: elasticsearchItself },
            { of: 'configured', most: 1.1, limit: 'A first start forms a cluster, which a start of a configured node finds on its disk.' },
          ],
          take: () => onFreshHome(version, (home) => timeDrafted(engine, home)),
        },
        {
          id: 'configured',
          what: 'ours: starting a configured node',
          unit: 'ms',
          take: () => timeOurs(engine, configured, () => startConfigured(engine, configured)),
        },
      ],
    }
  },
}

async function stockStart(version: PracticeVersion): Promise<number> {
  const home = await benchHome(version)
  try {
    await giveHeap(home)
    const began = performance.now()
    const node = startStock(home)
    try {
      await untilHttpsAnswers(home.httpPort, () => node.stillGood())
      return performance.now() - began
    } finally {
      await node.end()
    }
  } finally {
    await home.remove()
  }
}

async function onFreshHome(version: PracticeVersion, work: (home: BenchHome) => Promise<number>): Promise<number> {
  const home = await benchHome(version)
  try {
    return await work(home)
  } finally {
    await home.remove()
  }
}

/** From `begin` until HTTPS answers; then lets the set-up end, and stops its node. */
async function timeOurs(engine: Client, home: BenchHome, begin: () => Promise<OurStart>): Promise<number> {
  const stop = mustEnd(() => stopIfRunning(engine, home))
  try {
    const began = performance.now()
    const start = await begin()
    await untilHttpsAnswers(home.httpPort, () => start.stillGood())
    const ms = performance.now() - began
    await start.ready
    return ms
  } finally {
    await stop()
  }
}

/** As `timeOurs` from nothing, but for the wait for the keys between planning and the press. */
async function timeDrafted(engine: Client, home: BenchHome): Promise<number> {
  const began = performance.now()
  const draft = await draftOn(home)
  const planned = performance.now() - began
  await draft.keys.ready
  return planned + (await timeOurs(engine, home, () => startDrafted(draft)))
}

/** A home that was configured, started and stopped once. */
async function configuredHome(version: PracticeVersion, engine: Client): Promise<BenchHome> {
  const home = await benchHome(version)
  await configure(home)
  await timeOurs(engine, home, () => startConfigured(engine, home))
  return home
}
