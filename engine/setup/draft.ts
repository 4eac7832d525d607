import { randomUUID } from 'node:crypto'
import type { Installation } from '../../shared/contract/installation.ts'
import type { PlanPreview, SetupAnswers, SetupFacts } from '../../shared/contract/setup.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import { inspect } from '../installation/inspect.ts'
import { checkHeap } from '../node/heap.ts'
import type { Plan } from '../plan/plan.ts'
import { previewChanges } from '../plan/preview.ts'
import type { SetupRecord } from '../plan/record.ts'
import { runPreflight } from '../preflight/preflight.ts'
import { refusalOf } from '../preflight/refusal.ts'
import { checkAnswers } from '../security/answers.ts'
import { outlineFirstNode, type FirstNodePlan } from '../security/first-node.ts'
import { beginKeys, type KeyBatch, type NodeKeys } from '../security/keys.ts'
import { firstNodeFacts, transportHostIn } from './first-node-facts.ts'
import { sentencesOf } from './sentences.ts'

/** A previewed first node that nobody has applied yet, with the keys being made meanwhile. Kept in memory only. */
export interface Draft {
  readonly kind: 'first-node'
  readonly planId: string
  readonly target: NodeTarget
  readonly installation: Installation
  readonly facts: SetupFacts
  /** what was chosen, without the passwords */
  readonly answers: SetupRecord['answers']
  readonly keys: KeyBatch
  readonly keystorePassword: Secret | null
  readonly preview: PlanPreview
  /** the whole plan, once the keys are there */
  complete(keys: NodeKeys): Promise<FirstNodePlan>
  /** Whether the plan still fits this machine. Touches nothing. Problems: `changed_meanwhile`, `port_taken`. */
  verify(): Promise<void>
}

/**
 * Plans the first node of `target` without touching the disk, and begins its keys (or takes those that `keysOf` has for this config directory).
 * Problems: the one that the verdict rests on (`settings_…`, `keystore_…`, `java_…`, else `blocked` or `skipped`), and those of the answers.
 */
export async function draftFirstNode(target: NodeTarget, given: SetupAnswers, keysOf: (config: string) => KeyBatch = () => beginKeys()): Promise<Draft> {
  const installation = await inspect(target)
  checkAnswers(given)
  const { elasticPassword, keystorePassword, ...answers } = given
  if (given.heap !== undefined) checkHeap(given.heap, installation.memory.totalBytes)
  const report = await runPreflight(installation, {
    ...(keystorePassword === undefined ? {} : { keystorePassword: new Secret(keystorePassword) }),
    ...(given.heap === undefined ? {} : { heap: given.heap }),
  })
  const refusal = refusalOf(report)
  if (refusal !== null) throw inContext(refusal, installation)
  const { settings } = await readHomeSettings(installation)
  const facts = await firstNodeFacts(installation, settings, given)
  const outline = await outlineFirstNode({
    installation,
    facts,
    answers,
    elasticPassword: secret(elasticPassword),
    keystorePassword: secret(keystorePassword),
    now: new Date(),
  })
  const changes = await previewChanges(outline.plan)
  const planId = randomUUID()
  return {
    kind: 'first-node',
    planId,
    target,
    installation,
    facts,
    answers,
    keys: keysOf(installation.config),
    keystorePassword: secret(keystorePassword),
    preview: { planId, target, facts, sentences: sentencesOf(facts, { version: installation.version, home: installation.home, transportHost: transportHostIn(settings), changes }), changes },
    complete: (keys) => outline.complete(keys),
    verify: () => verifyPlan(outline.plan, facts, async () => firstNodeFacts(await inspect(target), settings, given)),
  }
}

/** A plan is made for the files as they are, and for two free ports: whether that still holds. `again` gives the facts as they would be now. Problems: `changed_meanwhile`, `port_taken`. */
export async function verifyPlan(plan: Plan, { httpPort, transportPort }: SetupFacts, again: () => Promise<SetupFacts>): Promise<void> {
  await previewChanges(plan)
  const now = await again()
  if (now.httpPort !== httpPort) throw problem('port_taken', { ports: String(httpPort), layer: 'HTTP', setting: null })
  if (now.transportPort !== transportPort) throw problem('port_taken', { ports: String(transportPort), layer: 'transport', setting: null })
}

function secret(text: string | undefined): Secret | null {
  return text === undefined ? null : new Secret(text)
}

/** A reason without a code of its own says what it means for this home. */
export function inContext(refusal: Problem, { home }: Installation): Problem {
  const { code, message: reason, remedy } = refusal
  return code === 'blocked' || code === 'skipped' ? problem(code, { home, reason, remedy }) : refusal
}
