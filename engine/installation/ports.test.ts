import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { addressesOfLayer, furtherPortTaken, isPortTaken, meansTaken, portsOf, readPorts, shareAddress } from './ports.ts'

const servers: Server[] = []

afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done)))))

/** Something that listens, on a port the system chose, and the port. */
async function listener(host: string, port = 0): Promise<number> {
  const server = createServer()
  servers.push(server)
  await new Promise<void>((done, failed) => server.once('error', failed).listen({ port, host }, done))
  return (server.address() as AddressInfo).port
}

// What Elasticsearch's own PortsRange makes of each, asked on 9.4.3 and 8.16.6.
test.each([
  ['9200', [9200]],
  [' 9200 ', [9200]],
  ['+9200', [9200]],
  ['0009200', [9200]],
  ['0', [0]],
  ['0,9200', [0, 9200]],
  ['9200-9202', [9200, 9201, 9202]],
  ['9200 - 9202', [9200, 9201, 9202]],
  ['9205-9205', [9205]],
  ['9200-9202, 9400', [9200, 9201, 9202, 9400]],
  ['9200,,9201,', [9200, 9201]],
  ['65534-65540', [65_534, 65_535]],
  ['70000,9200', [9200]],
])('%j names the ports %j', (text, ports) => {
  expect(readPorts(text)).toEqual({ ports })
})

test.each([
  ['many', 'not-a-port'],
  ['9200-many', 'not-a-port'],
  ['-1', 'not-a-port'],
  ['9200-', 'not-a-port'],
  ['9200-9201-9202', 'not-a-port'],
  ['9200 9201', 'not-a-port'],
  ['[9200, 9201]', 'not-a-port'],
  ['9200, ,9201', 'not-a-port'],
  ['0x2400', 'not-a-port'],
  ['1e3', 'not-a-port'],
  ['9200.5', 'not-a-port'],
  ['99999999999', 'not-a-port'],
  ['9210-9205', 'reversed'],
  ['9200,9210-9205', 'reversed'],
  ['65536', 'out-of-range'],
  ['70000-2147483647', 'out-of-range'],
  [',', 'empty'],
])('%j names no port: %s', (text, fault) => {
  expect(readPorts(text)).toEqual({ fault })
})

test('a port is taken where something listens, on loopback or on every address', async () => {
  for (const host of ['127.0.0.1', '0.0.0.0', '::1']) {
    const port = await listener(host)
    expect(await isPortTaken(port)).toBe(true)
    await new Promise((done) => servers.pop()?.close(done))
    expect(await isPortTaken(port)).toBe(false)
  }
})

test('without a name the defaults are looked at', async () => {
  expect(await portsOf(new Map())).toMatchObject({ http: 9200, httpNamed: false, transport: 9300, transportNamed: false })
})

test('a named port that is taken is told, and a range gives its first free one', async () => {
  const taken = await listener('127.0.0.1')
  expect(await portsOf(new Map([['http.port', String(taken)]]))).toMatchObject({ http: taken, httpNamed: true, httpTaken: true })
  const range = await portsOf(new Map([['transport.port', `${taken}-${Math.min(taken + 20, 65_535)}`]]))
  expect(range).toMatchObject({ transportNamed: true, transportTaken: false })
  expect(range.transport).toBeGreaterThan(taken)
})

test('a free port is free for everybody who asks at once', async () => {
  const server = createServer()
  const port = await new Promise<number>((done) => server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)))
  await new Promise((done) => server.close(done))
  expect(await Promise.all(Array.from({ length: 8 }, () => isPortTaken(port)))).toEqual(Array.from({ length: 8 }, () => false))
})

test('what may not be bound is somebody\'s on Windows, which keeps ranges for itself; elsewhere it is below 1024', () => {
  expect([meansTaken('EACCES', 'win32'), meansTaken('EACCES', 'linux'), meansTaken('EADDRINUSE', 'darwin'), meansTaken('EADDRNOTAVAIL', 'win32')]).toEqual([true, false, true, false])
})

const settings = (named: Readonly<Record<string, string>>) => new Map(Object.entries(named))

test('of one range for both, transport takes the first free port and HTTP the next', async () => {
  const taken = await listener('127.0.0.1')
  const range = `${taken}-${taken + 20}`
  const { http, httpTaken, transport, transportTaken } = await portsOf(settings({ 'http.port': range, 'transport.port': range }))
  expect([httpTaken, transportTaken]).toEqual([false, false])
  expect(transport).toBeGreaterThan(taken)
  expect(http).toBeGreaterThan(transport)
})

test('HTTP passes over the port of transport within its own range', async () => {
  const first = await listener('127.0.0.1')
  await new Promise((done) => servers.pop()?.close(done))
  expect(await portsOf(settings({ 'http.port': `${first}-${first + 20}`, 'transport.port': String(first) }))).toMatchObject({ transport: first, httpTaken: false })
  expect((await portsOf(settings({ 'http.port': `${first}-${first + 20}`, 'transport.port': String(first) }))).http).toBeGreaterThan(first)
})

test('0 is free whatever listens', async () => {
  expect(await portsOf(settings({ 'http.port': '0', 'transport.profiles.default.port': '0' }))).toMatchObject({ http: 0, httpNamed: true, httpTaken: false, transport: 0, transportTaken: false })
})

test('what listens on another address than the node is in nobody’s way', async () => {
  const port = await listener('127.0.0.2')
  const named = { 'http.port': String(port), 'transport.port': String(port) }
  expect(await portsOf(settings({ ...named, 'http.host': '127.0.0.1', 'transport.host': '127.1' }))).toMatchObject({ httpTaken: false, transportTaken: false })
  expect(await portsOf(settings({ ...named, 'http.host': '127.0.0.1,127.0.0.2', 'transport.host': '127.3' }))).toMatchObject({ httpTaken: true, transportTaken: false })
  expect(await portsOf(settings({ 'http.port': String(port) }))).toMatchObject({ httpTaken: true })
})

test('of a range each address takes the first port that is free on it', async () => {
  const one = await listener('127.0.0.1')
  const other = await listener('127.0.0.2')
  const both = { 'http.host': '127.0.0.1,127.0.0.2' }
  expect(await portsOf(settings({ ...both, 'http.port': `${one},${other}` }))).toMatchObject({ http: other, httpTaken: false })
  await listener('127.0.0.2', one)
  expect(await portsOf(settings({ ...both, 'http.port': `${one},${other}` }))).toMatchObject({ httpTaken: true })
})

test('a range of which all is taken is taken', async () => {
  const one = await listener('127.0.0.1')
  const other = await listener('127.0.0.1')
  expect(await portsOf(settings({ 'transport.port': `${one},${other}` }))).toMatchObject({ transport: one, transportTaken: true })
})

test('addresses are those that the settings name, every address where a name may be any', () => {
  const interfaces = { lo: [{ address: '127.0.0.1', internal: true }], eth0: [{ address: '10.0.0.5', internal: false }] }
  const every = ['127.0.0.1', '::1', '0.0.0.0', '::']
  expect(addressesOfLayer(settings({}), 'http', interfaces)).toEqual(every)
  expect(addressesOfLayer(settings({}), 'transport', interfaces)).toEqual(['127.0.0.1'])
  expect(addressesOfLayer(settings({ 'network.host': '_site_,localhost' }), 'http', interfaces)).toEqual(['10.0.0.5', '127.0.0.1'])
  expect(addressesOfLayer(settings({ 'network.host': 'es1' }), 'transport', interfaces)).toEqual(every)
  expect(shareAddress(settings({ 'http.host': '127.0.0.2', 'transport.host': '127.0.0.3' }))).toBe(false)
  expect(shareAddress(settings({ 'http.host': '127.0.0.2', 'transport.host': '127.2' }))).toBe(true)
  expect(shareAddress(settings({ 'http.host': '127.0.0.2' }))).toBe(false)
  expect(shareAddress(settings({}))).toBe(true)
})

test('the port of a transport profile or of the remote cluster server is told where nothing of it is free', async () => {
  const port = String(await listener('127.0.0.1'))
  const profile = { 'transport.profiles.other.port': port }
  expect(await furtherPortTaken(settings(profile))).toEqual({ setting: 'transport.profiles.other.port', text: port })
  expect(await furtherPortTaken(settings({ ...profile, 'transport.profiles.other.bind_host': '127.0.0.2' }))).toBeNull()
  expect(await furtherPortTaken(settings({ 'transport.profiles.other.port': `${port},0` }))).toBeNull()
  expect(await furtherPortTaken(settings({ 'transport.profiles.other.port': 'many' }))).toBeNull()
  expect(await furtherPortTaken(settings({ 'transport.profiles.default.port': port }))).toBeNull()
  const remote = { 'remote_cluster_server.enabled': 'true', 'remote_cluster.port': port }
  expect(await furtherPortTaken(settings(remote))).toEqual({ setting: 'remote_cluster.port', text: port })
  expect(await furtherPortTaken(settings({ ...remote, 'remote_cluster.host': '127.0.0.2' }))).toBeNull()
  expect(await furtherPortTaken(settings({ ...remote, 'remote_cluster_server.enabled': 'false' }))).toBeNull()
})
