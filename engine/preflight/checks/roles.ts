import { problem } from '../../../shared/problems/problem.ts'
import { blocks, blocksWith, passed, onSettings, skips, undoneBy, type Finding } from '../check.ts'
import { settingList, type Settings } from '../settings.ts'

/** The last two are of serverless; stock's auto-configuration counts them as holding data all the same. */
const dataRoles = ['data', 'data_content', 'data_hot', 'data_warm', 'data_cold', 'data_frozen', 'index', 'search']
const otherRoles = ['master', 'voting_only', 'ingest', 'ml', 'remote_cluster_client', 'transform']

/** "node.roles is set to a value where the node can't be elected as master" (seeds). A node that joins may have any roles that Elasticsearch starts with. */
export const masterRoleRule = onSettings('master-role', 'Master role', (settings, { joining }) => {
  const roles = rolesIn(settings)
  if (roles === null) return passed('It can become master: node.roles is not set.')
  if (joining) return refusedAtStart(roles) ?? passed(`It joins with node.roles ${spell(roles)}.`)
  if (roles.includes('master') && !roles.includes('voting_only')) return passed('It can become master.')
  return unfit(`With node.roles ${spell(roles)} the node cannot become master, so it cannot form a cluster.`)
})

/** "… or if the node can't hold data" (seeds): the index .security must have a place. */
export const dataRoleRule = onSettings('data-role', 'Data role', (settings, { joining }) => {
  const roles = rolesIn(settings)
  if (roles === null) return passed('It can hold data: node.roles is not set.')
  const trouble = roles.includes('master') && !roles.includes('voting_only') ? unknownAmong(roles) : null
  if (trouble !== null) return trouble
  if (roles.some((role) => dataRoles.includes(role))) return passed('It can hold data.')
  if (joining) return passed('It holds no data: other nodes of the cluster do.')
  return unfit(`With node.roles ${spell(roles)} the node cannot hold data, so nothing could keep its users.`)
})

function refusedAtStart(roles: readonly string[]): Finding | null {
  if (roles.includes('voting_only') && !roles.includes('master')) return blocksWith(problem('voting_only_alone', {}))
  return unknownAmong(roles)
}

function rolesIn(settings: Settings): readonly string[] | null {
  return settings.has('node.roles') ? settingList(settings, 'node.roles') : null
}

function unfit(detail: string): Finding {
  return undoneBy(skips(detail, 'Take node.roles out of elasticsearch.yml, or write [master, data].'), { settings: ['node.roles'] })
}

function unknownAmong(roles: readonly string[]): Finding | null {
  const unknown = roles.find((role) => !dataRoles.includes(role) && !otherRoles.includes(role))
  if (unknown === undefined) return null
  return blocks(`node.roles names a role that Elasticsearch does not know: ${unknown}.`, `Take ${unknown} out of node.roles.`)
}

function spell(roles: readonly string[]): string {
  return `[${roles.join(', ')}]`
}
