import { networkInterfaces } from 'node:os'
import { isLoopback } from '../cluster/token-addresses.ts'
import type { Interfaces } from '../setup/url-host.ts'

/** Whether it is this machine: loopback, or an address of one of its interfaces. */
export function isThisMachine(host: string, interfaces: Interfaces = networkInterfaces()): boolean {
  const bare = host.replace(/%.*$/, '').toLowerCase()
  return isLoopback(bare) || Object.values(interfaces).some((addresses) => addresses?.some(({ address }) => address.toLowerCase() === bare))
}
