import { createServer, isIP } from 'node:net'
import type { Installation } from '../../shared/contract/installation.ts'
import type { Settings } from '../preflight/settings.ts'
import { listed } from './home-settings.ts'

/** Elasticsearch's own defaults (HttpTransportSettings, TransportSettings): the first free one of the range. */
const httpDefault = 9200
const transportDefault = 9300

/**
 * The ports this node will use and whether something listens there now. A named range gives its first free port; it is
 * taken only when all of it is. An unnamed port is the default: whether the next free one is used is for the plan to say.
 */
export async function portsOf(settings: Settings): Promise<Installation['ports']> {
  const [http, transport] = await Promise.all([
    lookAt(portsNamed(listed(settings, 'http.port')), httpDefault, hostsOf(settings, 'http')),
    lookAt(portsNamed(listed(settings, 'transport.port')), transportDefault, hostsOf(settings, 'transport')),
  ])
  return {
    http: http.port,
    httpNamed: http.named,
    httpTaken: http.taken,
    transport: transport.port,
    transportNamed: transport.named,
    transportTaken: transport.taken,
  }
}

/** `9200`, `9200-9300` and lists of those as the ports they mean (org.elasticsearch.common.transport.PortsRange); what is no port is left out. */
export function portsNamed(parts: readonly string[]): number[] {
  return parts.flatMap((part) => {
    const match = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(part.trim())
    if (match === null) return []
    const first = Number(match[1])
    const last = match[2] === undefined ? first : Number(match[2])
    if (last > 65_535 || last < first) return []
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

/**
 * Does something listen on this port? Asked by binding it, on loopback and on every address, of both families: a server
 * on one address only is found as well. A port this account may not bind (below 1024) is not taken.
 */
export async function isPortTaken(port: number, hosts: readonly string[] = []): Promise<boolean> {
  const asked = new Set(['127.0.0.1', '::1', '0.0.0.0', '::', ...hosts])
  for (const host of asked) if (await bindingFails(port, host)) return true
  return false
}

async function lookAt(ports: readonly number[], unnamed: number, hosts: readonly string[]): Promise<{ port: number; named: boolean; taken: boolean }> {
  const first = ports[0]
  if (first === undefined) return { port: unnamed, named: false, taken: await isPortTaken(unnamed, hosts) }
  for (const port of ports) if (!(await isPortTaken(port, hosts))) return { port, named: true, taken: false }
  return { port: first, named: true, taken: true }
}

/** Addresses of this machine that the settings name; names like `_local_` are covered by loopback and "every address". */
function hostsOf(settings: Settings, layer: 'http' | 'transport'): string[] {
  const named = [`${layer}.bind_host`, `${layer}.host`, 'network.bind_host', 'network.host'].find((name) => settings.has(name))
  return named === undefined ? [] : listed(settings, named).filter((host) => isIP(host) !== 0)
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
