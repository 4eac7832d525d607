import { problem } from '../../../shared/problems/problem.ts'
import { blocksWith, onSettings, passed } from '../check.ts'
import { settingText } from '../settings.ts'

const name = 'cluster.name'

/** ClusterName refuses a colon; a slash would be one in the names of the log files, of which the node dies. */
export const clusterNameRule = onSettings('cluster-name', 'Cluster name', (settings) => {
  const value = settingText(settings, name)
  if (value === null) return passed('Not set: the cluster will be called elasticsearch.')
  if (/[:/]/.test(value)) return blocksWith(problem('cluster_name_setting', { name: value }))
  return passed(`The cluster will be called ${value}.`)
})
