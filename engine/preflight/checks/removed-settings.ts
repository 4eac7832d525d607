import { problem } from '../../../shared/problems/problem.ts'
import { blocksWith, onSettings, passed, undoneBy } from '../check.ts'

const roles = 'node.roles'
const remotes = 'node.roles: [remote_cluster_client]'

/**
 * Settings that 8 and 9 no longer know, and what took their place; null where nothing did. Asked of the settings module of 9.4.3 and
 * 8.16.6. Which others are unknown depends on modules and plugins, so that only the start can tell.
 */
const removed: Readonly<Record<string, string | null>> = {
  'node.master': roles,
  'node.data': roles,
  'node.ingest': roles,
  'node.ml': roles,
  'node.transform': roles,
  'node.voting_only': roles,
  'node.remote_cluster_client': roles,
  'node.max_local_storage_nodes': null,
  'node.local_storage': null,
  'node.rack': 'node.attr.rack',
  'node.pidfile': null,
  'discovery.zen.ping.unicast.hosts': 'discovery.seed_hosts',
  'transport.tcp.port': 'transport.port',
  'transport.tcp.compress': 'transport.compress',
  'transport.tcp.connect_timeout': 'transport.connect_timeout',
  'http.tcp_no_delay': 'http.tcp.no_delay',
  'http.enabled': null,
  'bootstrap.mlockall': 'bootstrap.memory_lock',
  'bootstrap.system_call_filter': null,
  'gateway.expected_nodes': 'gateway.expected_data_nodes',
  'gateway.expected_master_nodes': 'gateway.expected_data_nodes',
  'gateway.recover_after_nodes': 'gateway.recover_after_data_nodes',
  'gateway.recover_after_master_nodes': 'gateway.recover_after_data_nodes',
  'cluster.join.timeout': null,
  'cluster.remote.connect': remotes,
  'search.remote.connect': remotes,
  'script.inline': 'script.allowed_types',
  'script.stored': 'script.allowed_types',
  'path.conf': null,
  'path.plugins': null,
  'path.scripts': null,
  'path.work': null,
}
const removedBelow = 'discovery.zen.'
const indexBelow = 'index.'

/** A node refuses what it does not know, and every setting of an index (SettingsModule). */
export const removedSettingsRule = onSettings('removed-settings', 'Settings of other versions', (settings, { installation: { version } }) => {
  const ofIndex = [...settings.keys()].filter((name) => name.startsWith(indexBelow)).sort()
  if (ofIndex.length > 0) return undoneBy(blocksWith(problem('settings_of_index', { names: ofIndex })), { settings: ofIndex })
  const gone = [...settings.keys()].filter((name) => Object.hasOwn(removed, name) || name.startsWith(removedBelow)).sort()
  if (gone.length === 0) return passed('None is known to have been removed.')
  const names = gone.map((name) => ({ name, instead: removed[name] ?? null }))
  return undoneBy(blocksWith(problem('settings_removed', { names, version })), { settings: gone })
})
