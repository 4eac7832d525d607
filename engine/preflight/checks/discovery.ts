import { problem } from '../../../shared/problems/problem.ts'
import { blocksWith, passed, onSettings, skips, undoneBy, type Context, type Finding } from '../check.ts'
import { settingList, settingText, type Settings } from '../settings.ts'

const masters = 'cluster.initial_master_nodes'
const names = [masters, 'discovery.seed_hosts', 'discovery.seed_providers'] as const

/**
 * A node that is to form or join a cluster with others is left alone: new keys would keep it out. Excepted are
 * `discovery.type: single-node`, and `cluster.initial_master_nodes` with this node's name alone (seeds; AutoConfigureNode.isInitialClusterNode).
 */
export const discoveryRule = onSettings('discovery', 'Discovery', (settings, context) => {
  const type = settingText(settings, 'discovery.type')
  if (type === 'single-node') {
    if (!settings.has(masters)) return passed('discovery.type is single-node: a cluster of its own.')
    // ClusterBootstrapService; an empty list counts as well.
    return undoneBy(blocksWith(problem('single_node_with_masters', {})), { settings: [masters] })
  }
  // DiscoveryModule; 8 still takes the name that multi-node had in 7.
  const isKnown = type === null || type === 'multi-node' || (type === 'zen' && context.installation.major < 9)
  const unknownType = isKnown ? [] : ['discovery.type']
  const set = names.find((name) => settingList(settings, name).length > 0)
  if (set !== undefined && !namesOnlyThisNode(settings, context)) return foreign(set, settings, context, unknownType)
  if (!isKnown) return undoneBy(blocksWith(problem('discovery_type_unknown', { type })), { settings: unknownType })
  return passed(set === undefined ? 'Nothing says that it belongs to another cluster.' : 'cluster.initial_master_nodes names this node alone.')
})

function namesOnlyThisNode(settings: Settings, { hostName }: Context): boolean {
  const [first, ...more] = settingList(settings, 'cluster.initial_master_nodes')
  return more.length === 0 && first === (settingText(settings, 'node.name') ?? hostName)
}

function foreign(name: string, settings: Settings, { hostName }: Context, unknownType: readonly string[]): Finding {
  const value = settingList(settings, name).join(', ')
  const own = settingText(settings, 'node.name') ?? hostName
  const finding = skips(
    `${name} is set (${value}): this node is to form or join a cluster with others.`,
    name === 'cluster.initial_master_nodes'
      ? `For a first node of its own, take ${name} out of elasticsearch.yml or let it name this node alone (${own}). To join a cluster, use an enrollment token.`
      : `For a first node of its own, take ${name} out of elasticsearch.yml. To join a cluster, use an enrollment token.`,
  )
  return undoneBy(finding, { settings: [...names.filter((one) => settingList(settings, one).length > 0), ...unknownType] })
}
