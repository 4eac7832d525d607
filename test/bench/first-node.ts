import type { PracticeVersion } from '../support/fresh-home.ts'
import { benchHome, type BenchHome } from './bench-home.ts'
import { mustEnd } from './leftovers.ts'
import { openEngine, type Client } from './our-node.ts'

/** A first node of ours that runs and was handed over, and the password of its elastic user. */
export interface FirstNode {
  readonly engine: Client
  readonly home: BenchHome
  readonly target: { readonly home: string }
  readonly setupId: string
  readonly password: string
  readonly close: () => Promise<void>
}

export async function openFirstNode(version: PracticeVersion): Promise<FirstNode> {
  const { engine, close } = openEngine()
  const home = await benchHome(version)
  const target = { home: home.home }
  const { planId } = await engine.setup.plan({ target, answers: { heap: '512m' } })
  const { setupId } = await engine.setup.apply({ planId })
  const stop = mustEnd(async () => {
    if ((await engine.node.status(target)).running) await engine.node.stop(target)
  })
  const closeAll = async (): Promise<void> => {
    await stop()
    await close()
    await home.remove()
  }
  try {
    return { engine, home, target, setupId, password: await passwordOf(engine, setupId), close: closeAll }
  } catch (thrown) {
    await closeAll()
    throw thrown
  }
}

async function passwordOf(engine: Client, setupId: string): Promise<string> {
  for await (const event of await engine.setup.watch({ setupId })) {
    if (event.type === 'state' && event.state.problem !== null) throw new Error(event.state.problem.message)
  }
  const { password } = await engine.setup.credentials({ setupId })
  await engine.setup.handedOver({ setupId })
  if (password === null) throw new Error('The set-up gave no password.')
  return password
}
