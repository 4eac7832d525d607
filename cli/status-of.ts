import type { NodeStatus } from '../shared/contract/node.ts'
import type { NodeTarget } from '../shared/contract/target.ts'
import type { Context } from './command.ts'
import type { Engine } from './io.ts'

/** Where the node of this home stands, and with ELASTIC_PASSWORD how its cluster is. */
export function statusOf(engine: Engine, target: NodeTarget, context: Context): Promise<NodeStatus> {
  const { elasticPassword, signal } = context
  return engine.node.status({ ...target, ...(elasticPassword === null ? {} : { password: elasticPassword.reveal() }) }, { signal })
}
