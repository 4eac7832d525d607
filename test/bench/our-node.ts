import { createRouterClient } from '@orpc/server'
import { createEngine } from '../../engine/router.ts'
import { draftFirstNode, type Draft } from '../../engine/setup/draft.ts'
import { carryOut } from '../../engine/setup/carry-out.ts'
import { LiveSetup } from '../../engine/setup/live-setup.ts'
import { ownerOfConfig } from '../../engine/setup/owner-of-config.ts'
import { applyPlan } from '../../engine/plan/apply.ts'
import { lockHome } from '../../engine/plan/lock.ts'
import { settle } from '../../engine/plan/settled.ts'
import type { SetupState } from '../../shared/contract/setup.ts'
import { heap, type BenchHome } from './bench-home.ts'
import { mustEnd } from './leftovers.ts'

export type Client = ReturnType<typeof openEngine>['engine']

/** The engine as a host carries it, in this process. */
export function openEngine() {
  const opened = createEngine({ kind: 'cli', checkout: null })
  return { engine: createRouterClient(opened.router), close: mustEnd(() => opened.close()) }
}

/** Everything but the keys: inspects, judges and plans; they are being made meanwhile. */
export function draftOn({ home }: BenchHome): Promise<Draft> {
  return draftFirstNode({ home }, { heap })
}

/** Writes what a draft says, as the way through does before it starts the node. */
export async function applyDraft(draft: Draft): Promise<void> {
  const { config } = draft.installation
  const lock = await lockHome({ config })
  try {
    const { plan } = await draft.complete(await draft.keys.ready)
    await applyPlan(plan, { config, owner: ownerOfConfig(draft.installation) })
  } finally {
    await lock.release()
  }
}

/** A home that ours has configured and that was never started. */
export async function configure(home: BenchHome): Promise<void> {
  const draft = await draftOn(home)
  await applyDraft(draft)
  await settle(draft.installation.config)
}

/** A start of ours under way. */
export interface OurStart {
  /** throws its problem once it has failed */
  stillGood(): void
  /** when it is proved */
  readonly ready: Promise<void>
}

/** The whole first node through the contract, from nothing. */
export async function startFirst(engine: Client, { home }: BenchHome): Promise<OurStart> {
  const { planId } = await engine.setup.plan({ target: { home }, answers: { heap } })
  return follow(engine, await engine.setup.apply({ planId }))
}

export async function startConfigured(engine: Client, { home }: BenchHome): Promise<OurStart> {
  return follow(engine, await engine.node.start({ target: { home } }))
}

/** A node that joins by `token` through the contract, from nothing. */
export async function startJoining(engine: Client, { home }: BenchHome, token: string): Promise<OurStart> {
  const { planId } = await engine.join.plan({ target: { home }, token, answers: { heap } })
  return follow(engine, await engine.setup.apply({ planId }))
}

export async function stopIfRunning(engine: Client, { home }: BenchHome): Promise<void> {
  if ((await engine.node.status({ home })).running) await engine.node.stop({ home })
}

/** The way through on a draft whose keys are there: what is left when a person presses Start. */
export async function startDrafted(draft: Draft): Promise<OurStart> {
  const lock = await lockHome({ config: draft.installation.config })
  const live = new LiveSetup(draft.target, draft.installation.config, 'first-node', Date.now(), lock)
  const work = carryOut(live, draft)
  const cancel = mustEnd(async () => {
    live.controller.abort()
    await work
  })
  const whenReady = async (): Promise<void> => {
    await work
    await cancel()
    await live.unlock()
    throwFailure(live.state)
  }
  const ready = whenReady()
  ready.catch(() => undefined)
  return { ready, stillGood: () => throwFailure(live.state) }
}

function follow(engine: Client, begun: SetupState): OurStart {
  let state = begun
  const watch = async (): Promise<void> => {
    for await (const event of await engine.setup.watch({ setupId: begun.setupId })) if (event.type === 'state') state = event.state
    throwFailure(state)
    // A node that joined was nobody's to hand over: its cluster has its passwords.
    if (state.joined === null) await engine.setup.handedOver({ setupId: begun.setupId })
  }
  const ready = watch()
  ready.catch(() => undefined)
  return { ready, stillGood: () => throwFailure(state) }
}

function throwFailure({ stage, problem }: SetupState): void {
  if (stage === 'failed' || stage === 'cancelled') throw new Error(problem === null ? `The set-up was ${stage}.` : `${problem.code}: ${problem.message}`)
}
