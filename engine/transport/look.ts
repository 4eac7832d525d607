import { networkInterfaces } from 'node:os'
import type { TransportState } from '../../shared/contract/transport.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import { inspect } from '../installation/inspect.ts'
import { boundTransportInLog } from '../node/bound-transport.ts'
import { findNode } from '../node/find-node.ts'
import { listed } from '../setup/listed.ts'
import { bindHostsOf } from '../network/layer-hosts.ts'
import { onlyThisMachine } from '../network/url-host.ts'
import { isOpened } from './closing.ts'
import { reachableAddresses } from '../network/reachable-addresses.ts'

/** How the transport of this home stands, and what it can be opened to. Touches nothing. */
export async function lookAtTransport(target: NodeTarget): Promise<Omit<TransportState, 'workId'> & { readonly config: string }> {
  const installation = await inspect(target)
  const { config } = installation
  const running = await findNode(installation)
  const hosts = bindHostsOf((await readHomeSettings(installation)).settings, 'transport')
  const told = running === null ? null : await boundTransportInLog(running.logFile, running.startedAt)
  const open = hosts.length > 0 && !onlyThisMachine(hosts.join(','))
  return {
    target,
    config,
    running: running !== null,
    hosts: [...hosts],
    open,
    bound: [...(told?.bound ?? [])],
    published: told?.published ?? null,
    addresses: reachableAddresses(networkInterfaces()),
    opened: await isOpened(config),
    sentence: open ? `Transport is bound to ${listed(hosts)}: nodes of other machines that reach it there can join.` : 'Transport listens on localhost: only nodes of this machine can join.',
  }
}
