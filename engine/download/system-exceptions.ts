import { isIPv4 } from 'node:net'

/**
 * Whether an entry in a system's list of exceptions is about the host of an address: a name or an address, in which `*` stands for anything (`*.corp`, `10.*`), with or without a scheme before and a port behind it, or a
 * network (`169.254/16`). Without a star it is that one host.
 */
export function matchesHost(address: URL, entry: string): boolean {
  const { hostname, protocol } = address
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '')
  if (isIPv4(host) && isNetwork(entry)) return isWithin(host, entry)
  const [, scheme, pattern = '', port] = /^(?:([a-z]+):\/\/)?(\[[^\]]*\]|[^:/]*|[^/]*::[^/]*)(?::(\d+|\*))?$/.exec(entry.trim().toLowerCase()) ?? []
  const named = pattern.replace(/^\[|\]$/g, '')
  if (named === '' || (scheme !== undefined && `${scheme}:` !== protocol)) return false
  if (port !== undefined && port !== '*' && port !== portOf(address)) return false
  return new RegExp(`^${named.replace(/[\\^$+?.()|[\]{}]/g, '\\$&').replaceAll('*', '.*')}$`).test(host)
}

function portOf({ port, protocol }: URL): string {
  return port !== '' ? port : protocol === 'https:' ? '443' : '80'
}

const network = /^(\d{1,3}(?:\.\d{1,3}){0,3})\/(\d{1,2})$/

function isNetwork(entry: string): boolean {
  return network.test(entry.trim())
}

/** `169.254/16` leaves out what is 0. */
function isWithin(host: string, entry: string): boolean {
  const [, start = '', bits = ''] = network.exec(entry.trim()) ?? []
  const from = [...start.split('.'), '0', '0', '0'].slice(0, 4).join('.')
  const shift = 2 ** (32 - Number(bits))
  return Number(bits) <= 32 && Math.floor(numberOf(host) / shift) === Math.floor(numberOf(from) / shift)
}

function numberOf(ip: string): number {
  return ip.split('.').reduce((all, part) => all * 256 + Number(part), 0)
}
