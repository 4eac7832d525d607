import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Installation } from '../../shared/contract/installation.ts'
import type { PortFault } from '../../shared/problems/port-fault.ts'
import { addressesOf, type Interfaces } from '../network/interfaces.ts'
import { plainHost } from '../network/ip-address.ts'
import { bindHostsOf } from '../network/layer-hosts.ts'
import { isEveryAddress, isLoopback } from '../network/loopback.ts'
import { settingList, settingsUnder, settingText, type Settings } from '../preflight/settings.ts'

type Layer = 'http' | 'transport'

/** Elasticsearch's own defaults (HttpTransportSettings, TransportSettings): the first free one of the range. */
const usual = { http: 9200, transport: 9300 } as const
const highest = 65_535

const everyAddress = ['127.0.0.1', '::1', '0.0.0.0', '::'] as const

/**
 * The ports this node will use and whether something listens there now. Of a range or list it is the first free port, and it is
 * taken only when all are; 0 leaves it to the system. Transport chooses before HTTP, as in Elasticsearch. An unnamed port
 * is the default: whether the next free one is used is for the plan to say.
 */
export async function portsOf(settings: Settings): Promise<Installation['ports']> {
  const addresses = { http: addressesOfLayer(settings, 'http'), transport: addressesOfLayer(settings, 'transport') }
  const transport = await lookAt(settings, 'transport', addresses.transport, null)
  const held = overlap(addresses.http, addresses.transport) ? transport.port : null
  const http = await lookAt(settings, 'http', addresses.http, held)
  return {
    http: http.port,
    httpNamed: http.named,
    httpTaken: http.taken,
    transport: transport.port,
    transportNamed: transport.named,
    transportTaken: transport.taken,
  }
}

/** A port that a node opens beside HTTP and transport: the setting that names it, and its value. */
export interface FurtherPort {
  readonly setting: string
  readonly text: string
}

/**
 * The first port, beside those of HTTP and transport, that the node cannot open because all ports of its setting are
 * taken: of a transport profile, or of the remote cluster server (RemoteClusterPortSettings: 9443). Null where none is.
 */
export async function furtherPortTaken(settings: Settings): Promise<FurtherPort | null> {
  for (const { setting, text, hosts } of furtherPorts(settings)) {
    const read = readPorts(text)
    if (!('ports' in read)) continue
    const addresses = listenedOn(hosts.length > 0 ? hosts : ['_local_'])
    if ((await firstFree(read.ports, addresses)) === null) return { setting, text }
  }
  return null
}

function furtherPorts(settings: Settings): readonly (FurtherPort & { readonly hosts: readonly string[] })[] {
  const common = ['transport.bind_host', 'transport.host', 'network.bind_host', 'network.host']
  const hostsOf = (...own: readonly string[]): readonly string[] =>
    [...own, ...common].map((name) => settingList(settings, name)).find((hosts) => hosts.length > 0) ?? []
  const profiles = settingsUnder(settings, 'transport.profiles.').flatMap((setting) => {
    const name = /^transport\.profiles\.([^.]+)\.port$/.exec(setting)?.[1]
    if (name === undefined || name === 'default') return []
    return [{ setting, text: settingText(settings, setting) ?? '', hosts: hostsOf(`transport.profiles.${name}.bind_host`) }]
  })
  if (settingText(settings, 'remote_cluster_server.enabled') !== 'true') return profiles
  const setting = 'remote_cluster.port'
  const text = settingText(settings, setting) ?? '9443'
  return [...profiles, { setting, text, hosts: hostsOf('remote_cluster.bind_host', 'remote_cluster.host') }]
}

/** The setting that names the ports of a layer, and what it says; null where none does. */
export function portSettingOf(settings: Settings, layer: Layer): { readonly setting: string; readonly text: string } | null {
  const names = layer === 'http' ? ['http.port'] : ['transport.profiles.default.port', 'transport.port']
  for (const setting of names) {
    const text = settingText(settings, setting)
    if (text !== null) return { setting, text }
  }
  return null
}

/**
 * `9200`, `9200-9300` and lists of those as the ports they mean, in their order (org.elasticsearch.common.transport.PortsRange);
 * 0 is one that the system chooses. What is above 65535 can never be bound, and Elasticsearch passes over it.
 */
export function readPorts(text: string): { readonly ports: readonly number[] } | { readonly fault: PortFault } {
  const ports = new Set<number>()
  const parts = text.split(',').filter((part) => part !== '')
  for (const part of parts) {
    const dash = part.indexOf('-')
    const first = javaInteger(dash === -1 ? part : part.slice(0, dash))
    const last = dash === -1 ? first : javaInteger(part.slice(dash + 1))
    if (first === null || last === null) return { fault: 'not-a-port' }
    if (last < first) return { fault: 'reversed' }
    for (let port = first; port <= Math.min(last, highest); port += 1) ports.add(port)
  }
  return ports.size > 0 ? { ports: [...ports] } : { fault: parts.length === 0 ? 'empty' : 'out-of-range' }
}

/** The first port that a setting names; null where it names none that could be bound. */
export function firstPortOf(settings: Settings, layer: Layer): number | null {
  const named = portSettingOf(settings, layer)
  const read = named === null ? null : readPorts(named.text)
  return read !== null && 'ports' in read ? (read.ports[0] ?? null) : null
}

/** Whether HTTP and transport listen on an address in common, so that they need different ports. */
export function shareAddress(settings: Settings): boolean {
  return overlap(addressesOfLayer(settings, 'http'), addressesOfLayer(settings, 'transport'))
}

/**
 * The addresses on which a layer would take up its port here; HTTP is opened to every address by a set-up where nothing else
 * is said. A name is not looked up: it may be any address.
 */
export function addressesOfLayer(settings: Settings, layer: Layer, interfaces: Interfaces = networkInterfaces()): readonly string[] {
  const hosts = bindHostsOf(settings, layer)
  return listenedOn(hosts.length > 0 ? hosts : [layer === 'http' ? '0.0.0.0' : '_local_'], interfaces)
}

/** The addresses that listening on these hosts means here; those of `everyAddress` where it may be any. */
export function listenedOn(hosts: readonly string[], interfaces: Interfaces = networkInterfaces()): readonly string[] {
  const found = hosts.map((host) => {
    const plain = plainHost(host)
    if (isEveryAddress(host)) return everyAddress
    if (plain !== null) return [plain]
    const addresses = addressesOf(isLoopback(host) ? '_local_' : host, interfaces)
    return addresses.length > 0 ? addresses : isLoopback(host) ? ['127.0.0.1'] : everyAddress
  })
  return [...new Set(found.flat())]
}

/** Whether two layers that listen on these addresses would be in each other's way on one port. */
export function overlap(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => isEveryAddress(one)) || others.some((one) => isEveryAddress(one) || some.includes(one))
}

/**
 * Does something listen on this port, on one of these addresses? Asked by binding it. Where all addresses are meant a server
 * on one of them only is found as well. A port this account may not bind (below 1024) is not taken.
 */
export async function isPortTaken(port: number, addresses: readonly string[] = everyAddress): Promise<boolean> {
  if (port === 0) return false
  for (const address of addresses) if (await bindingFails(port, address)) return true
  return false
}

interface Seen {
  readonly port: number
  readonly named: boolean
  readonly taken: boolean
}

async function lookAt(settings: Settings, layer: Layer, addresses: readonly string[], held: number | null): Promise<Seen> {
  const setting = portSettingOf(settings, layer)
  const read = setting === null ? null : readPorts(setting.text)
  const ports = read !== null && 'ports' in read ? read.ports : []
  const [first] = ports
  if (first === undefined) return { port: usual[layer], named: false, taken: await isPortTaken(usual[layer], addresses) }
  const usable = ports.filter((port) => port === 0 || port !== held)
  const free = await firstFree(usable, addresses)
  if (free !== null) return { port: free, named: true, taken: false }
  // The only port is the one that transport has: what listens there is not somebody else.
  if (usable.length === 0) return { port: first, named: true, taken: false }
  // Each address takes the first port that is free on it, whatever the others have.
  const each = addresses.some(isEveryAddress) ? [] : await Promise.all(addresses.map((address) => firstFree(usable, [address])))
  const [one = null] = each
  return one === null || each.includes(null) ? { port: first, named: true, taken: true } : { port: one, named: true, taken: false }
}

async function firstFree(ports: readonly number[], addresses: readonly string[]): Promise<number | null> {
  for (const port of ports) if (!(await isPortTaken(port, addresses))) return port
  return null
}

/** As `Integer.parseInt` after `trim`; null where that fails. */
function javaInteger(text: string): number | null {
  const trimmed = text.trim()
  const number = /^[+-]?\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN
  return number >= -(2 ** 31) && number < 2 ** 31 ? number : null
}

/** Two of our own probes at once would take each other for somebody else: in this process one goes after the other. */
let probing: Promise<unknown> = Promise.resolve()

function bindingFails(port: number, host: string): Promise<boolean> {
  const probe = probing.then(() => tryToBind(port, host))
  probing = probe
  return probe
}

function tryToBind(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.unref()
    server.once('error', (thrown: NodeJS.ErrnoException) => done(meansTaken(thrown.code)))
    server.listen({ port, host, exclusive: true, ipv6Only: host.includes(':') }, () => server.close(() => done(false)))
  })
}

/** Windows lets everybody bind every port, but for ranges that it keeps for itself (Hyper-V, containers): those are refused, and nobody can have them. */
export function meansTaken(code: string | undefined, platform: NodeJS.Platform = process.platform): boolean {
  return code === 'EADDRINUSE' || (code === 'EACCES' && platform === 'win32')
}
