import type { Installation } from '../../shared/contract/installation.ts'
import type { JoinAnswers } from '../../shared/contract/join.ts'
import type { SetupFacts } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { ReachedCluster } from '../enroll/reach-cluster.ts'
import { bindHostsOf } from '../network/layer-hosts.ts'
import { settingText, type Settings } from '../preflight/settings.ts'
import { firstNodeFacts } from './first-node-facts.ts'

export interface JoinFacts {
  readonly facts: SetupFacts
  /** its name was made up, since another node has the one it would have had */
  readonly nameMadeUp: boolean
}

/**
 * The node that joins as it will be: name and ports that nobody has, the name of its cluster. Problems: `join_name_taken`, `join_other_name`, and those
 * of `firstNodeFacts`.
 */
export async function joinFacts(installation: Installation, settings: Settings, answers: JoinAnswers, cluster: ReachedCluster, env?: NodeJS.ProcessEnv): Promise<JoinFacts> {
  const { keystorePassword: _, ...chosen } = answers
  const facts = await firstNodeFacts(installation, asWritten(settings, cluster), chosen, env)
  const own = settingText(settings, 'cluster.name')
  const clusterName = cluster.clusterName ?? own ?? 'elasticsearch'
  if (own !== null && own !== clusterName) throw problem('join_other_name', { own, cluster: clusterName })
  const taken = new Set(cluster.nodes.map(({ nodeName }) => nodeName))
  const named = answers.nodeName !== undefined || settingText(settings, 'node.name') !== null
  if (taken.has(facts.nodeName) && named) throw problem('join_name_taken', { name: facts.nodeName })
  const nodeName = freeName(facts.nodeName, taken)
  return { facts: { ...facts, clusterName, nodeName }, nameMadeUp: nodeName !== facts.nodeName }
}

/** Transport of a node whose cluster is on other machines is opened to the network where the settings say nothing else. */
function asWritten(settings: Settings, { remote }: ReachedCluster): Settings {
  if (!remote || bindHostsOf(settings, 'transport').length > 0) return settings
  return new Map([...settings, ['transport.host', '0.0.0.0'] as const])
}

/** NAME, else NAME-2, NAME-3 and so on: several nodes of one machine have its name. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const tried = count === 1 ? name : `${name}-${count}`
    if (!taken.has(tried)) return tried
  }
}
