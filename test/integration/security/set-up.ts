import { stat } from 'node:fs/promises'
import { inspect } from '../../../engine/installation/inspect.ts'
import { applyPlan } from '../../../engine/plan/apply.ts'
import { planFirstNode, type FirstNodeInput, type FirstNodePlan } from '../../../engine/security/first-node.ts'
import { beginKeys } from '../../../engine/security/keys.ts'
import { someFacts } from '../../../engine/security/testing/temporary-config.ts'
import type { Installation } from '../../../shared/contract/installation.ts'
import type { SetupFacts } from '../../../shared/contract/setup.ts'
import type { FreshHome } from '../../support/fresh-home.ts'

export interface SetUp {
  readonly installation: Installation
  readonly made: FirstNodePlan
}

/** Sets up a fresh home as a first node, with real keys: plan and apply, nothing started. Everything in `chosen` counts as a person's choice. */
export async function setUp(home: FreshHome, chosen: Partial<SetupFacts> = {}, more: Partial<FirstNodeInput> = {}): Promise<SetUp> {
  const installation = await inspect({ home: home.home }, { ...process.env, ES_JAVA_HOME: home.java })
  const { nodeName, clusterName, httpPort, transportPort, httpHost, heap, san } = chosen
  const said = { nodeName, clusterName, httpPort, transportPort, httpHost, san, ...(heap === null ? {} : { heap }) }
  const answers = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  const keys = await beginKeys().ready
  const made = await planFirstNode({ installation, facts: { ...someFacts, ...chosen }, answers, keys, now: new Date(), ...more })
  const { uid, gid } = await stat(installation.config)
  await applyPlan(made.plan, { config: installation.config, owner: { uid, gid } })
  return { installation, made }
}
