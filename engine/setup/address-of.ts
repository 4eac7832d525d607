import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import { firstPortOf } from '../installation/ports.ts'
import { findNode } from '../node/find-node.ts'
import { settingText } from '../preflight/settings.ts'
import { bindHostsOf } from '../network/layer-hosts.ts'
import { urlHost } from '../network/url-host.ts'

/** Where a node answers by its own settings, and whether TLS is on there. */
export interface NodeAddress {
  readonly url: string
  readonly secured: boolean
}

/**
 * The address of this node as this machine reaches it: the port that a running node (`node`, else looked for) is bound to, else what its settings
 * name: `https://localhost:9200` or the like. Settings that cannot be read give the default. `given`: settings that stand above the file; a port among them is the port.
 */
export async function addressOf(installation: Installation, node?: RunningNode | null, given: Readonly<Record<string, string>> = {}): Promise<NodeAddress> {
  const { settings } = await readHomeSettings(installation, { given })
  const secured = settingText(settings, 'xpack.security.http.ssl.enabled') === 'true'
  const running = node === undefined ? await findNode(installation) : node
  const named = firstPortOf(settings, 'http')
  // A node that runs holds its port itself, so the next free one of a range is not the one it has.
  const bound = running === null ? installation.ports.http : (running.httpPort ?? named ?? installation.ports.http)
  const port = given['http.port'] === undefined ? bound : (named ?? bound)
  return { url: `${secured ? 'https' : 'http'}://${urlHost(bindHostsOf(settings, 'http').join(',') || 'localhost')}:${port}`, secured }
}
