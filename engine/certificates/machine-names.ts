import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { addressBytes, addressText, bareHost } from '../network/ip-address.ts'
import { addressesOf, type Interfaces } from '../network/interfaces.ts'
import { bindHostsOf, publishHostsOf } from '../network/layer-hosts.ts'
import { isEveryAddress, isLoopback } from '../network/loopback.ts'
import { reachableAddresses } from '../network/reachable-addresses.ts'
import { specialName } from '../network/special-name.ts'
import type { Settings } from '../preflight/settings.ts'
import { certificateName, isCertificateName } from '../security/answers.ts'

/**
 * The addresses under which clients reach this node now, and which its HTTP certificate must include: the hosts that
 * its settings bind HTTP to or publish, and for 0.0.0.0 the IPv4 addresses of the machine's real interfaces.
 * Elasticsearch without a host in its settings listens on this machine alone. IPv6 addresses change by themselves (RFC
 * 8981), and those of containers reach nobody: they are no reason to renew.
 */
export function namesClientsUse(settings: Settings, interfaces: Interfaces = networkInterfaces()): string[] {
  const reachable = reachableAddresses(interfaces).filter(({ value, virtual }) => !virtual && isIP(value) === 4)
  const addresses = (host: string): string[] => {
    if (isEveryAddress(host)) return reachable.map(({ value }) => value)
    if (specialName(host) !== null)
      return addressesOf(host, interfaces).filter((address) => isIP(address) === 4 && !isLoopback(address))
    return isCertificateName(host) && !isLoopback(host) ? [certificateName(host)] : []
  }
  const hosts = [...bindHostsOf(settings, 'http'), ...publishHostsOf(settings, 'http')]
    .flatMap((host) => host.split(','))
    .map(bareHost)
  return [...new Set(hosts.flatMap(addresses).map(plain))]
}

/** Those of `names` that a certificate with these names does not cover. */
export function missingFrom(names: readonly string[], certificate: readonly string[]): string[] {
  const there = certificate.map(plain)
  return names.filter((asked) => !there.some((one) => covers(one, plain(asked))))
}

function covers(one: string, name: string): boolean {
  return (
    one === name || (one.startsWith('*.') && isIP(name) === 0 && name.slice(name.indexOf('.') + 1) === one.slice(2))
  )
}

function plain(name: string): string {
  const bytes = addressBytes(name)
  return bytes === null ? name.toLowerCase() : addressText(bytes)
}
