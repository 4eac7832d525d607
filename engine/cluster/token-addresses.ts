import { isIP } from 'node:net'
import { isEveryAddress, isLoopback } from '../network/loopback.ts'

/**
 * The addresses a token names, from what a node says of its HTTP layer, in stock's order (BaseEnrollmentTokenGenerator):
 * bound ones, then the published one; "every address" is none to go to; loopback only where there is no other; IPv4 first.
 */
export function tokenAddresses(http: { bound_address: readonly string[]; publish_address: string }): string[] {
  const all = [...http.bound_address, http.publish_address].map(plainAddress)
  const usable = all.filter((address) => !isEveryAddress(hostOf(address)))
  const remote = usable.filter((address) => !isLoopback(hostOf(address)))
  const chosen = remote.length > 0 ? remote : usable
  return [...new Set(chosen.toSorted((a, b) => family(a) - family(b)))]
}

/** Whether an address (`host:port`, or `name/address:port` as a published name comes) leads to this machine alone. */
export function isLoopbackAddress(address: string): boolean {
  return isLoopback(hostOf(plainAddress(address)))
}

/** A published name comes as `name/address:port`: the address is what stock's tokens hold, and other machines need not know the name. */
function plainAddress(address: string): string {
  return address.slice(address.indexOf('/') + 1)
}

function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '')
}

function family(address: string): number {
  return isIP(hostOf(address)) === 6 ? 1 : 0
}
