import type { HostTrouble } from '../../shared/problems/host-trouble.ts'
import { problem } from '../../shared/problems/problem.ts'
import { isThisMachine } from '../network/interfaces.ts'
import { hostBytes, plainHost } from '../network/ip-address.ts'
import { isEveryAddress, isLoopback } from '../network/loopback.ts'
import { reachableAddresses } from '../network/reachable-addresses.ts'
import { resolveHost, type Here } from '../network/resolve-host.ts'
import { specialName } from '../network/special-name.ts'

/** What a list of hosts stands for. `addresses` is empty where only the node's start can tell. */
export interface BindAddresses {
  readonly addresses: readonly string[]
  /** other machines can reach one of them; true where only the start can tell */
  readonly opens: boolean
}

/**
 * What these hosts (of `readTransportHosts`) stand for on this machine, as Elasticsearch will find it (NetworkService.resolveBindHostAddresses). Problems:
 * `transport_host_not_here` where it would find nothing, or nothing it can bind to; `transport_host_mixed`.
 */
export async function bindAddresses(hosts: readonly string[], here: Here): Promise<BindAddresses> {
  const found = await Promise.all(hosts.map(async (host) => ({ host, addresses: await addressesFor(host, here) })))
  const addresses = [...new Set(found.flatMap((one) => one.addresses ?? []))]
  const every = found.find((one) => one.addresses?.some(isEveryAddress) === true)
  if (every !== undefined && (new Set(addresses.map((address) => plainHost(address) ?? address)).size > 1 || found.some((one) => one.addresses === null))) throw problem('transport_host_mixed', { host: every.host })
  const unknown = found.some((one) => one.addresses === null)
  return { addresses: unknown ? [] : addresses, opens: unknown || addresses.some((address) => !isLoopback(address)) }
}

async function addressesFor(host: string, here: Here): Promise<readonly string[] | null> {
  const resolved = await resolveHost(host, here)
  const trouble = 'trouble' in resolved ? resolved.trouble : unfit(host, resolved.addresses ?? [], here)
  if (trouble !== null) throw problem('transport_host_not_here', { host, trouble, here: reachableAddresses(here.interfaces).map(({ value }) => value) })
  return 'trouble' in resolved ? null : resolved.addresses
}

/** Why transport is not to be opened to addresses that the host stands for. */
function unfit(host: string, addresses: readonly string[], { interfaces }: Here): HostTrouble | null {
  const elsewhere = addresses.find((address) => !isThisMachine(address, interfaces))
  const isName = hostBytes(host) === null && specialName(host) === null
  if (elsewhere !== undefined) return isName ? { kind: 'name-not-here', address: elsewhere } : { kind: 'not-here' }
  return isName && !isLoopback(host) && addresses.every(isLoopback) ? { kind: 'name-is-loopback', addresses } : null
}
