import { networkInterfaces } from 'node:os'
import { addressesOf, type Interfaces } from './interfaces.ts'
import { bareHost } from './ip-address.ts'
import { isEveryAddress, isLoopback } from './loopback.ts'
import { specialName } from './special-name.ts'

/** True where what a node binds to (`http.host`, a list divided by commas) lets only this machine in. */
export function onlyThisMachine(bound: string, interfaces: Interfaces = networkInterfaces()): boolean {
  return hostsIn(bound).every((host) => {
    if (isLoopback(host)) return true
    const addresses = addressesOf(host, interfaces)
    return addresses.length > 0 && addresses.every(isLoopback)
  })
}

/**
 * The host to say in an address for a node that binds to `bound` (`http.host`, a list divided by commas), as this machine reaches it:
 * `localhost` wherever it answers there, else the first address of what is named. Special values: seeds, "network interface values"
 * (org.elasticsearch.common.network.NetworkService); one that stands for no address here gives `localhost`.
 */
export function urlHost(bound: string, interfaces: Interfaces = networkInterfaces()): string {
  const named = hostsIn(bound)
  const hosts = named.flatMap((host) => (specialName(host) === null || isLoopback(host) ? [host] : addressesOf(host, interfaces)))
  const [first] = hosts
  if (first === undefined || hosts.some((host) => isLoopback(host) || isEveryAddress(host))) return 'localhost'
  return first.includes(':') ? `[${first}]` : first
}

function hostsIn(bound: string): string[] {
  return bound.split(',').map(bareHost)
}
