import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { problem } from '../../shared/problems/problem.ts'
import { addressBytes, bareHost } from '../network/ip-address.ts'

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const hostName = new RegExp(`^${label}(?:\\.${label})*\\.?$`)

/**
 * The hosts of a text as `transport.host` takes it, divided by commas (NetworkService, "Special values"): addresses without the brackets of a URL,
 * names, `_site_` and the like. What they stand for on this machine is for `bindAddresses`. Problem: `bad_transport_host`.
 */
export function readTransportHosts(text: string): string[] {
  return [...new Set(text.split(',').map(readHost))]
}

function readHost(text: string): string {
  const host = bareHost(text)
  const why = faultOf(host)
  if (why !== null) throw problem('bad_transport_host', { host: host === '' ? 'An empty host' : JSON.stringify(host.slice(0, 100)), why })
  return host
}

function faultOf(host: string): string | null {
  if (host === '') return 'names nothing'
  // Elasticsearch replaces it wherever it stands in elasticsearch.yml, quoted or not.
  if (host.includes('${')) return 'holds ${, which Elasticsearch takes for a placeholder'
  if (/^_\[.*\]/.test(host)) return `has brackets, which in the documentation stand for the name itself: write ${host.replaceAll(/[[\]]/g, '')}`
  if (/^_[^\s,]+_$/.test(host)) return null
  if (isIP(host) !== 0) return isMulticast(host) ? 'is a multicast address, which nothing can be bound to' : null
  if (/\/\d{1,3}$/.test(host)) return 'names a network, not an address'
  if (/^[a-z]+:\/\//i.test(host)) return 'is a URL'
  if (/^\[?[^\s[\]]+\]?:\d+$/.test(host)) return 'names a port, which is set by transport.port'
  return isHostName(host) ? null : 'is neither an address nor a name'
}

/** What looks like a number (`10.1`, `0x7f.1`) would be taken for some address. */
function isHostName(host: string): boolean {
  const ascii = domainToASCII(host)
  return ascii !== '' && ascii.length <= 253 && hostName.test(ascii) && addressBytes(ascii) === null
}

function isMulticast(host: string): boolean {
  const [first = 0] = addressBytes(host) ?? []
  return isIP(host) === 4 ? first >= 224 && first <= 239 : first === 0xff
}
