import { lookup as lookUp } from 'node:dns/promises'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { HostTrouble } from '../../shared/problems/host-trouble.ts'
import { addressesOf, type Interfaces } from './interfaces.ts'
import { hostBytes, plainHost } from './ip-address.ts'
import { isLoopback } from './loopback.ts'
import { specialName } from './special-name.ts'

/** What this machine has and knows: parameters, so that other machines can be played. */
export interface Here {
  readonly interfaces: Interfaces
  readonly platform: NodeJS.Platform
  /** the addresses that a name stands for; rejects where it stands for none */
  readonly lookup: (name: string) => Promise<readonly string[]>
  /** whether a program can listen on this address */
  readonly canBind: (address: string) => Promise<boolean>
  /** the names of the plugins of the home */
  readonly plugins: readonly string[]
}

/** What a host stands for on a machine: its addresses, null where only the node's start can tell, or why it has none. */
export type Resolved = { readonly addresses: readonly string[] | null } | { readonly trouble: HostTrouble }

/** This machine, and the plugins of this home. */
export async function hereOf(home: string): Promise<Here> {
  return {
    interfaces: networkInterfaces(),
    platform: process.platform,
    lookup: async (name) => (await lookUp(name, { all: true })).map(({ address }) => address),
    canBind,
    plugins: await readdir(join(home, 'plugins')).catch(() => []),
  }
}

/** False only where the system says that the address is not one of this machine. */
function canBind(address: string): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', (thrown: NodeJS.ErrnoException) => done(thrown.code !== 'EADDRNOTAVAIL'))
    server.listen({ port: 0, host: plainHost(address) ?? address, exclusive: true }, () => server.close(() => done(true)))
  })
}

/**
 * What a host of `network.host` and the like stands for on this machine, as Elasticsearch finds it
 * (NetworkService.resolveInternal): an address, a special value, else a name. An address is given as it is written.
 */
export async function resolveHost(host: string, here: Here): Promise<Resolved> {
  const bytes = hostBytes(host)
  if (bytes !== null) return isMulticast(bytes) ? { trouble: { kind: 'multicast' } } : { addresses: [host] }
  // Java takes an empty host for the loopback address.
  if (host === '') return { addresses: ['127.0.0.1'] }
  const special = specialName(host)
  if (special !== null) return resolveSpecial(host, special, here)
  const addresses = await here.lookup(host).catch(() => [])
  return addresses.length === 0 ? { trouble: { kind: 'unknown-name' } } : { addresses }
}

/** Whether all of these hosts lead to this machine alone; false where only the node's start can tell, or one has no address. */
export async function areLoopback(hosts: readonly string[], here: Here): Promise<boolean> {
  const named = hosts.filter((host) => !isLoopback(host))
  const resolved = await Promise.all(named.map((host) => resolveHost(host, here)))
  return resolved.every((one) => 'addresses' in one && one.addresses !== null && one.addresses.every(isLoopback))
}

function resolveSpecial(host: string, special: NonNullable<ReturnType<typeof specialName>>, { interfaces, plugins, platform }: Here): Resolved {
  const { name, family } = special
  const cloud = /^(ec2|gce|azure)(?::\w+)*$/.exec(name)?.[1]
  if (cloud !== undefined) {
    const plugin = `discovery-${cloud}`
    return plugins.some((one) => one.startsWith(plugin)) ? { addresses: null } : { trouble: { kind: 'no-plugin', plugin } }
  }
  const addresses = addressesOf(host, interfaces)
  if (addresses.length > 0) return { addresses }
  if (name === 'local' || name === 'site' || name === 'global') return { trouble: { kind: 'no-such-address', scope: name, family } }
  // Java has names of its own for the interfaces of Windows.
  if (platform === 'win32') return { addresses: null }
  if (interfaces[name] === undefined || family === null) return { trouble: { kind: 'no-interface', name } }
  return { trouble: { kind: 'no-family', name, family } }
}

/** 224.0.0.0/4 and ff00::/8. */
function isMulticast(bytes: Uint8Array): boolean {
  const [first = 0] = bytes
  return bytes.length === 4 ? first >> 4 === 0xe : first === 0xff
}
