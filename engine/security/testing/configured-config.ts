import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { planFirstNode, type FirstNodePlan } from '../first-node.ts'
import type { NodeKeys } from '../keys.ts'
import { smallKeys } from './small-keys.ts'
import { someFacts, temporaryConfig, type TemporaryConfig } from './temporary-config.ts'

/** A config directory as a first node has it, with all that was planned. `line` stands at the end of its settings; `now`: when its certificates were made. */
export async function configuredConfig(how: { keys?: NodeKeys; san?: readonly string[]; line?: string; now?: Date } = {}): Promise<TemporaryConfig & { made: FirstNodePlan }> {
  const { keys = await smallKeys(), san = [], line = '', now = new Date() } = how
  const at = await temporaryConfig('', '8.13.0')
  const made = await planFirstNode({ installation: at.installation, facts: { ...someFacts, san: [...san] }, answers: {}, now, keys })
  for (const change of made.plan.changes) {
    if (change.kind !== 'write') continue
    await mkdir(dirname(change.path), { recursive: true })
    await writeFile(change.path, change.path.endsWith('.yml') ? `${Buffer.from(change.content).toString()}${line}` : change.content)
  }
  return { ...at, made }
}
