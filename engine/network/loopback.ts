import { BlockList } from 'node:net'
import { addressText, hostBytes, plainHost } from './ip-address.ts'
import { specialName } from './special-name.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** RFC 6761: names below `localhost` as well. */
const localName = /^(?:.+\.)?localhost\.?$/i

/**
 * Whether a host that a setting names, or the host of an address, leads to this machine alone by what it says itself:
 * 127.0.0.0/8 and ::1 in every spelling of `hostBytes`, `localhost`, `_local_`. Java takes an empty host for loopback.
 * Names that have to be looked up and interfaces (`_lo_`) are for `resolveHost`.
 */
export function isLoopback(host: string): boolean {
  const bytes = hostBytes(host)
  if (bytes === null) return host === '' || localName.test(host) || specialName(host)?.name === 'local'
  return loopback.check(addressText(bytes), bytes.length === 4 ? 'ipv4' : 'ipv6')
}

/** `0.0.0.0` and `::`, in every spelling: every address of the machine. */
export function isEveryAddress(host: string): boolean {
  const plain = plainHost(host)
  return plain === '0.0.0.0' || plain === '::'
}
