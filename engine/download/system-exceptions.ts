import { BlockList, isIPv4 } from 'node:net'

/** Longer (in characters) is no host with its scheme and port. */
const longestEntry = 1000

/**
 * Whether an entry in a system's list of exceptions is about the host of an address: a name or an address, in which `*` stands for anything (`*.corp`, `10.*`), with or without a scheme before and a port behind it, or a
 * network (`169.254/16`). Without a star it is that one host.
 */
export function matchesHost(address: URL, entry: string): boolean {
  if (entry.length > longestEntry) return false
  const { hostname, protocol } = address
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '')
  if (isIPv4(host) && networkOf(entry)?.check(host)) return true
  const [, scheme, pattern = '', port] = /^(?:([a-z]+):\/\/)?(\[[^\]]*\]|[^:/]*|[^/]*::[^/]*)(?::(\d+|\*))?$/.exec(entry.trim().toLowerCase()) ?? []
  const named = pattern.replace(/^\[|\]$/g, '')
  if (named === '' || (scheme !== undefined && `${scheme}:` !== protocol)) return false
  if (port !== undefined && port !== '*' && port !== portOf(address)) return false
  return matchesPattern(host, named)
}

/** Whether a text is as a pattern says, in which `*` stands for anything. */
function matchesPattern(text: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return text === pattern
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false
  const middle = text.slice(head.length, text.length - tail.length)
  let at = 0
  for (const part of rest) {
    const found = middle.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return true
}

function portOf({ port, protocol }: URL): string {
  return port !== '' ? port : protocol === 'https:' ? '443' : '80'
}

/** The network that an entry names, null where it names none. `169.254/16` leaves out what is 0. */
function networkOf(entry: string): BlockList | null {
  const [, start = '', bits = ''] = /^(\d{1,3}(?:\.\d{1,3}){0,3})\/(\d{1,2})$/.exec(entry.trim()) ?? []
  const from = [...start.split('.'), '0', '0', '0'].slice(0, 4).join('.')
  if (!isIPv4(from) || Number(bits) > 32) return null
  const network = new BlockList()
  network.addSubnet(from, Number(bits), 'ipv4')
  return network
}
