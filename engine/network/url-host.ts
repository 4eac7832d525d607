import { networkInterfaces } from 'node:os'
import { addressesOf, type Interfaces } from './interfaces.ts'
import { bareHost, plainHost } from './ip-address.ts'
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
 * The host to say in an address for a node that binds to `bound` (`http.host`, a list divided by commas), as this machine
 * reaches it: `localhost` wherever it answers there, else the first address of what is named. Where nothing but `::1` or
 * another loopback address is bound, `localhost` may lead elsewhere: /etc/hosts often has 127.0.0.1 alone for it. Special
 * values: seeds, "network interface values" (org.elasticsearch.common.network.NetworkService); one that stands for no
 * address here gives `localhost`.
 */
export function urlHost(bound: string, interfaces: Interfaces = networkInterfaces()): string {
  const named = hostsIn(bound)
  const hosts = named.flatMap((host) => (specialName(host) === null ? [host] : addressesOf(host, interfaces)))
  if (hosts.length === 0 || hosts.some((host) => isLocalhost(host) || isEveryAddress(host))) return 'localhost'
  const loopback = hosts.find(isLoopback) ?? hosts[0] ?? 'localhost'
  const plain = plainHost(loopback) ?? loopback
  return plain.includes(':') ? `[${plain}]` : plain
}

/** Whether `localhost` leads there, whatever addresses the machine has for that name. */
function isLocalhost(host: string): boolean {
  const plain = plainHost(host)
  return plain === null ? isLoopback(host) : plain === '127.0.0.1'
}

function hostsIn(bound: string): string[] {
  return bound.split(',').map(bareHost)
}
