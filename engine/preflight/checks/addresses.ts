import type { HostTrouble } from '../../../shared/problems/host-trouble.ts'
import { problem, type Problem } from '../../../shared/problems/problem.ts'
import { addressesOf } from '../../network/interfaces.ts'
import { plainHost } from '../../network/ip-address.ts'
import { hostsOfLayer, type LayerHosts } from '../../network/layer-hosts.ts'
import { isEveryAddress } from '../../network/loopback.ts'
import { reachableAddresses } from '../../network/reachable-addresses.ts'
import { resolveHost, type Here } from '../../network/resolve-host.ts'
import { blocks, blocksWith, onSettings, passed } from '../check.ts'

/**
 * A host that has no address here, or one that nothing here can bind to, ends the start
 * (NetworkService.resolveBindHostAddresses, resolvePublishHostAddresses); and so does a machine without a loopback address
 * where a layer is left to `_local_` (NetworkUtils.getLoopbackAddresses).
 */
export const addressesRule = onSettings('addresses', 'Addresses', async (settings, { here }) => {
  for (const layer of ['http', 'transport'] as const) {
    for (const which of ['bind_host', 'publish_host'] as const) {
      const named = hostsOfLayer(settings, layer, which)
      if (named === null && which === 'bind_host' && addressesOf('_local_', here.interfaces).length === 0) {
        // Without its code, with which a start that was begun ends.
        const { message, remedy } = problem('no_loopback', {})
        return blocks(message, remedy)
      }
      const trouble = named === null ? null : await troubleWith(named, which === 'bind_host', here)
      if (trouble !== null) return blocksWith(trouble)
    }
  }
  return passed('Every address in the settings can be used on this machine.')
})

async function troubleWith({ setting, hosts }: LayerHosts, binds: boolean, here: Here): Promise<Problem | null> {
  const found = new Set<string>()
  for (const host of hosts) {
    const resolved = await resolveHost(host, here)
    const addresses = 'trouble' in resolved ? [] : (resolved.addresses ?? [])
    const bad = binds ? await firstUnbindable(addresses, here) : undefined
    const trouble = 'trouble' in resolved ? resolved.trouble : bad === undefined ? null : whereItIs(host, bad)
    if (trouble !== null) {
      return problem('host_setting_unusable', { setting, host, trouble, here: reachableAddresses(here.interfaces).map(({ value }) => value) })
    }
    for (const address of addresses) found.add(plainHost(address) ?? address)
  }
  const every = [...found].find(isEveryAddress)
  return every === undefined || found.size === 1 ? null : problem('host_setting_mixed', { setting, host: every })
}

function whereItIs(host: string, address: string): HostTrouble {
  return host === address ? { kind: 'not-here' } : { kind: 'name-not-here', address }
}

async function firstUnbindable(addresses: readonly string[], here: Here): Promise<string | undefined> {
  for (const address of addresses) if (!(await here.canBind(address))) return address
  return undefined
}
