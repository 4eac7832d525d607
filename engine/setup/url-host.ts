import { isIP } from 'node:net'
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'

export type Interfaces = Readonly<Record<string, readonly Pick<NetworkInterfaceInfo, 'address' | 'internal'>[] | undefined>>

const everyAddress = new Set(['0.0.0.0', '::'])

/** True where what a node binds to (`http.host`, a list divided by commas) lets only this machine in. */
export function onlyThisMachine(bound: string): boolean {
  return hostsIn(bound).every(isLoopback)
}

/**
 * The host to say in an address for a node that binds to `bound` (`http.host`, a list divided by commas), as this machine reaches it:
 * `localhost` wherever it answers there, else the first address of what is named. Special values: seeds, "network interface values"
 * (org.elasticsearch.common.network.NetworkService); one that stands for no address here gives `localhost`.
 */
export function urlHost(bound: string, interfaces: Interfaces = networkInterfaces()): string {
  const hosts = hostsIn(bound).flatMap((host) => (host.startsWith('_') && !isLoopback(host) ? addressesOf(host, interfaces) : [host]))
  const [first] = hosts
  if (first === undefined || hosts.some((host) => isLoopback(host) || everyAddress.has(host))) return 'localhost'
  return first.includes(':') ? `[${first}]` : first
}

function hostsIn(bound: string): string[] {
  return bound.split(',').map((host) => host.trim().replace(/^\[(.*)\]$/, '$1'))
}

/** Only this machine reaches it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^_local(:ipv[46])?_$/.test(host) || (isIP(host) === 4 && host.startsWith('127.'))
}

/** `_site_`, `_global_`, `_eth0_`, each with `:ipv4` or `:ipv6` at its end. */
export function addressesOf(special: string, interfaces: Interfaces): string[] {
  const [, name = '', family] = /^_(.+?)(?::ipv([46]))?_$/.exec(special) ?? []
  const own = name === 'site' || name === 'global' ? Object.values(interfaces).flat() : (interfaces[name] ?? [])
  return own
    .filter((one) => one !== undefined)
    .filter(({ address, internal }) => (name === 'site' ? isSiteLocal(address) : name === 'global' ? !internal && !isSiteLocal(address) && !isLinkLocal(address) : true))
    .map(({ address }) => address)
    .filter((address) => family === undefined || isIP(address) === Number(family))
    .toSorted((one, other) => isIP(one) - isIP(other))
}

/** java.net.Inet4Address and Inet6Address `isSiteLocalAddress`. */
export function isSiteLocal(address: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(address) || /^fe[c-f]/i.test(address)
}

export function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address)
}
