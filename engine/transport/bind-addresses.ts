import { lookup as lookUp } from 'node:dns/promises'
import { readdir } from 'node:fs/promises'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { addressBytes, addressText } from '../security/ip-address.ts'
import { addressesOf, isLoopback, type Interfaces } from '../setup/url-host.ts'
import { reachableAddresses } from './reachable-addresses.ts'

/** What this machine has and knows: parameters, so that other machines can be played. */
export interface Here {
  readonly interfaces: Interfaces
  readonly platform: NodeJS.Platform
  /** the addresses that a name stands for; rejects where it stands for none */
  readonly lookup: (name: string) => Promise<readonly string[]>
  /** the names of the plugins of the home */
  readonly plugins: readonly string[]
}

/** What a list of hosts stands for. `addresses` is empty where only the node's start can tell. */
export interface BindAddresses {
  readonly addresses: readonly string[]
  /** other machines can reach one of them; true where only the start can tell */
  readonly opens: boolean
}

/** This machine, and the plugins of this home. */
export async function hereOf(home: string): Promise<Here> {
  return {
    interfaces: networkInterfaces(),
    platform: process.platform,
    lookup: async (name) => (await lookUp(name, { all: true })).map(({ address }) => address),
    plugins: await readdir(join(home, 'plugins')).catch(() => []),
  }
}

/**
 * What these hosts (of `readTransportHosts`) stand for on this machine, as Elasticsearch will find it (NetworkService.resolveBindHostAddresses). Problems:
 * `transport_host_not_here` where it would find nothing, or nothing it can bind to; `transport_host_mixed`.
 */
export async function bindAddresses(hosts: readonly string[], here: Here): Promise<BindAddresses> {
  const found = await Promise.all(hosts.map(async (host) => ({ host, addresses: await addressesFor(host, here) })))
  const addresses = [...new Set(found.flatMap((one) => one.addresses ?? []))]
  const every = found.find((one) => one.addresses?.some(isEveryAddress) === true)
  if (every !== undefined && (addresses.length > 1 || found.some((one) => one.addresses === null))) throw problem('transport_host_mixed', { host: every.host })
  const unknown = found.some((one) => one.addresses === null)
  return { addresses: unknown ? [] : addresses, opens: unknown || addresses.some((address) => !isLoopback(address)) }
}

/** `0.0.0.0` and `::`, however they are spelled. */
export function isEveryAddress(address: string): boolean {
  return addressBytes(address)?.every((byte) => byte === 0) === true
}

/** An address in the one spelling by which two are compared: without its zone, IPv6 in its short form. */
export function plainAddress(address: string): string {
  const bytes = addressBytes(address)
  return bytes === null ? address : addressText(bytes)
}

/** Null where this machine cannot tell: names that a plugin knows, interfaces by the names that Java has for them on Windows. */
async function addressesFor(host: string, here: Here): Promise<readonly string[] | null> {
  const refuse = (why: string): never => {
    throw problem('transport_host_not_here', { host, why, here: reachableAddresses(here.interfaces).map(({ value }) => value) })
  }
  if (isIP(host) !== 0) return isOfHere(host, here.interfaces) ? [host] : refuse('this machine has no such address')
  if (host.startsWith('_')) return specialAddresses(host, here, refuse)
  const named = await here.lookup(host).catch(() => refuse('no address is known for that name'))
  const elsewhere = named.find((address) => !isOfHere(address, here.interfaces))
  if (elsewhere !== undefined) return refuse(`it stands for ${elsewhere}, which is no address of this machine`)
  if (host !== 'localhost' && named.every(isLoopback)) return refuse(`it stands for ${named.join(' and ')} here, which other machines cannot reach`)
  return named
}

function specialAddresses(host: string, { interfaces, plugins, platform }: Here, refuse: (why: string) => never): readonly string[] | null {
  const cloud = /^_(ec2|gce|azure)(?::\w+)*_$/.exec(host)?.[1]
  if (cloud !== undefined) {
    if (plugins.some((name) => name.startsWith(`discovery-${cloud}`))) return null
    return refuse(`only the plugin discovery-${cloud} knows what it stands for, and it is not installed`)
  }
  const local = /^_local(?::ipv([46]))?_$/.exec(host)
  const loopbacks = Object.values(interfaces).flatMap((one) => one ?? []).flatMap(({ address, internal }) => (internal && isLoopback(address) ? [address] : []))
  const found = local === null ? addressesOf(host, interfaces) : loopbacks.filter((address) => local[1] === undefined || isIP(address) === Number(local[1]))
  if (found.length > 0) return found
  if (platform === 'win32' && !/^_(?:site|global|local)(?::ipv[46])?_$/.test(host)) return null
  const [, name = '', family] = /^_(.+?)(?::ipv([46]))?_$/.exec(host) ?? []
  const kind = family === undefined ? 'address' : `IPv${family} address`
  if (name === 'site' || name === 'global' || name === 'local') return refuse(`this machine has no ${name === 'site' ? 'private' : name === 'global' ? 'public' : 'loopback'} ${kind} now`)
  return refuse(interfaces[name] === undefined ? `there is no network interface ${name} here that is up and has an address` : `the network interface ${name} has no ${kind}`)
}

/** Whether this machine has the address. `0.0.0.0` and what is loopback count. */
export function isOfHere(address: string, interfaces: Interfaces): boolean {
  if (isEveryAddress(address) || isLoopback(plainAddress(address))) return true
  const wanted = plainAddress(address)
  return Object.values(interfaces).some((own) => own?.some((one) => plainAddress(one.address) === wanted) === true)
}
