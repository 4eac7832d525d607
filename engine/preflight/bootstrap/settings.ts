import { blocks, passed } from '../check.ts'
import { settingText } from '../settings.ts'
import type { BootstrapRule } from './foreseen.ts'

const discoveryNames = ['discovery.seed_hosts', 'discovery.seed_providers', 'cluster.initial_master_nodes']

/** DiscoveryConfiguredCheck. */
export const discovery: BootstrapRule = {
  id: 'discovery',
  title: 'Discovery',
  run: ({ settings }) => {
    const set = discoveryNames.find((name) => settings.has(name))
    if (set !== undefined) return passed(`${set} is set.`)
    const providers = settingText(settings, 'discovery.type')
    if (providers !== null && providers !== 'multi-node') return null
    return blocks(`None of ${discoveryNames.join(', ')} is set.`, 'Where this node forms the cluster: cluster.initial_master_nodes with its name. Where it joined one: discovery.seed_hosts with the addresses of the others.')
  },
}

/** TransportTLSBootstrapCheck. */
export const transportTls: BootstrapRule = {
  id: 'transport-tls',
  title: 'TLS between nodes',
  run: ({ settings }) => {
    if (settingText(settings, 'xpack.security.transport.ssl.enabled') === 'true') return passed('On: nodes talk encrypted, and must show a certificate of this cluster.')
    return blocks('Security is on without TLS between nodes (xpack.security.transport.ssl.enabled), which Elasticsearch allows on localhost only.', 'Turn it on, with a certificate for the nodes.')
  },
}
