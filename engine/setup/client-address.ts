import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { problem } from '../../shared/problems/problem.ts'
import { addressBytes } from '../network/ip-address.ts'
import type { Interfaces } from '../network/interfaces.ts'
import { isEveryAddress, isLoopback } from '../network/loopback.ts'

/** An address that a client can go to, and what a person has to know of it. */
export interface ClientAddress {
  /** `https://host:port`, nothing behind it */
  readonly url: string
  readonly notes: readonly string[]
}

/**
 * `wanted` as clients take it. `0.0.0.0` is no place to go to, nor is an address of a private network of this machine's containers that this machine does not have: `localhost` stands
 * in their place, and a sentence says so. `names`: those in the certificate of the node; null where they are not known. `chosen`: a person said so, who knows of other machines; what looks like a
 * container's is left then. Problem: `no_client_address`.
 */
export function clientAddress(wanted: string, names: readonly string[] | null, { chosen = false, interfaces = networkInterfaces() }: { chosen?: boolean; interfaces?: Interfaces } = {}): ClientAddress {
  const url = URL.canParse(wanted) ? new URL(wanted) : null
  const bare = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '' && url.pathname === '/'
  if (url === null || url.protocol !== 'https:' || !bare) throw problem('no_client_address', { url: url === null || !bare ? 'What was given' : url.origin })
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const port = url.port === '' ? '443' : url.port
  const why = whyNotThere(host, chosen ? null : names, interfaces)
  if (why !== null) return { url: `https://localhost:${port}`, notes: [`${why} So localhost stands in its place.`] }
  return { url: `https://${url.hostname}:${port}`, notes: notesOn(host, names) }
}

/** Null where a client can go there. */
function whyNotThere(host: string, names: readonly string[] | null, interfaces: Interfaces): string | null {
  if (isEveryAddress(host)) return `${host} is where a node listens (everywhere), no address to go to.`
  if (names === null || isIP(host) === 0 || isLoopback(host) || !isOfContainers(host)) return null
  const own = Object.values(interfaces).flatMap((some) => (some ?? []).map(({ address }) => address))
  return own.some((address) => same(address, host)) ? null : `${host} is an address inside a network of containers, which this machine does not have; a port that a container publishes is reached on the machine itself.`
}

/** Docker's and Podman's own networks, by their defaults. */
function isOfContainers(host: string): boolean {
  return /^172\.(?:1[7-9]|2\d|3[01])\./.test(host) || /^10\.(?:88|89)\./.test(host)
}

function notesOn(host: string, names: readonly string[] | null): string[] {
  if (names === null || names.length === 0 || names.some((name) => same(name, host))) return []
  return [`The certificate of this node does not name ${host}, so clients that look at the name refuse it. It names ${names.join(', ')}.`]
}

function same(one: string, other: string): boolean {
  const [first, second] = [addressBytes(one), addressBytes(other)]
  return first !== null && second !== null ? first.equals(second) : one.toLowerCase() === other.toLowerCase()
}
