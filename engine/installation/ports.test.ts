import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isPortTaken, meansTaken, portsNamed, portsOf } from './ports.ts'

const servers: Server[] = []

afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done)))))

/** Something that listens, on a port the system chose, and the port. */
async function listener(host: string, port = 0): Promise<number> {
  const server = createServer()
  servers.push(server)
  await new Promise<void>((done, failed) => server.once('error', failed).listen({ port, host }, done))
  return (server.address() as AddressInfo).port
}

test('ports are named alone, as ranges and as lists', () => {
  expect(portsNamed(['9200'])).toEqual([9200])
  expect(portsNamed(['9200-9202', ' 9400 '])).toEqual([9200, 9201, 9202, 9400])
  expect(portsNamed(['no port', '70000', '9300-9200'])).toEqual([])
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
