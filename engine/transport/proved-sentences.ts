import type { RunningNode } from '../../shared/contract/setup.ts'
import type { ClusterHealth } from '../cluster/health.ts'
import type { BoundTransport } from '../node/bound-transport.ts'
import { listed } from '../setup/listed.ts'
import type { Restart } from './restart.ts'

/** What was seen of a node that was started again, a sentence a fact. */
export function provedSentences({ node, bound, restart, health }: { node: RunningNode; bound: BoundTransport | null; restart: Restart; health: ClusterHealth | null }): string[] {
  return [
    `The node "${node.name}" runs again, as process ${node.pid}, and ${restart.way.kind === 'as-is' ? 'its port answers' : 'answers by TLS with its own CA'}.`,
    bound === null
      ? 'Its log does not say what transport is bound to, so that was not seen.'
      : `Transport is bound to ${listed(bound.bound)}; other nodes are told ${bound.published}, and that answers.`,
    ...(health === null
      ? []
      : [`The cluster is ${health.status}, with ${health.nodes} ${health.nodes === 1 ? 'node' : 'nodes'}${restart.health === null || restart.health.status === health.status ? '' : `; before it was ${restart.health.status}`}.`]),
  ]
}
