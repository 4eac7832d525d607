import { BlockList, isIP } from 'node:net'
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'
import { plainHost } from './ip-address.ts'
import { isEveryAddress, isLoopback } from './loopback.ts'
import { specialName } from './special-name.ts'

export type Interfaces = Readonly<Record<string, readonly Pick<NetworkInterfaceInfo, 'address' | 'internal'>[] | undefined>>

const siteLocal = new BlockList()
siteLocal.addSubnet('10.0.0.0', 8, 'ipv4')
siteLocal.addSubnet('172.16.0.0', 12, 'ipv4')
siteLocal.addSubnet('192.168.0.0', 16, 'ipv4')
siteLocal.addSubnet('fec0::', 10, 'ipv6')

const linkLocal = new BlockList()
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4')
linkLocal.addSubnet('fe80::', 10, 'ipv6')

/** java.net.Inet4Address and Inet6Address `isSiteLocalAddress`. */
export function isSiteLocal(address: string): boolean {
  return isWithin(siteLocal, address)
}

export function isLinkLocal(address: string): boolean {
  return isWithin(linkLocal, address)
}

function isWithin(list: BlockList, address: string): boolean {
  const plain = plainHost(address)
  return plain !== null && list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

/**
 * The addresses that `_local_`, `_site_`, `_global_` or `_eth0_` stands for here, each also with `:ipv4` or `:ipv6` at its
 * end; IPv4 first (NetworkService.resolveInternal). Empty for what is no special value.
 */
export function addressesOf(host: string, interfaces: Interfaces): string[] {
  const special = specialName(host)
  if (special === null) return []
  const { name, family } = special
  const scope = scopes[name]
  const own = scope === undefined ? (interfaces[name] ?? []) : Object.values(interfaces).flatMap((some) => some ?? [])
  return own
    .map(({ address }) => address)
    .filter((address) => (scope === undefined || scope(address)) && (family === null || isIP(address) === family))
    .toSorted((one, other) => isIP(one) - isIP(other))
}

const scopes: Readonly<Record<string, (address: string) => boolean>> = {
  local: isLoopback,
  site: isSiteLocal,
  global: (address) => !isLoopback(address) && !isSiteLocal(address) && !isLinkLocal(address),
}

/** Whether a host is this machine by what it says itself: loopback, every address, or an address of an interface. */
export function isThisMachine(host: string, interfaces: Interfaces = networkInterfaces()): boolean {
  if (isEveryAddress(host) || isLoopback(host)) return true
  const plain = plainHost(host)
  return plain !== null && Object.values(interfaces).some((own) => own?.some(({ address }) => plainHost(address) === plain) === true)
}
