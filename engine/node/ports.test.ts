import { expect, test } from 'vitest'
import { choosePorts } from './ports.ts'

const unnamed = { ports: { http: 9200, httpNamed: false, httpTaken: false, transport: 9300, transportNamed: false, transportTaken: false } }
const taking = (...taken: number[]) => (port: number): Promise<boolean> => Promise.resolve(taken.includes(port))

test('the usual ports are used without a word', async () => {
  expect(await choosePorts(unnamed, {}, undefined, taking())).toEqual({ http: 9200, transport: 9300, notes: [] })
})

test('an unnamed port that is taken moves on to the next free one and says so', async () => {
  const chosen = await choosePorts(unnamed, {}, undefined, taking(9200, 9201))
  expect(chosen.http).toBe(9202)
  expect(chosen.notes).toEqual([expect.stringContaining('9202')])
})

test('a named port that is taken is refused, answered or in the settings', async () => {
  const named = { ports: { ...unnamed.ports, transport: 9310, transportNamed: true, transportTaken: true } }
  await expect(choosePorts(unnamed, { http: 9250 }, undefined, taking(9250))).rejects.toMatchObject({ code: 'port_taken' })
  await expect(choosePorts(named, {}, undefined, taking(9310))).rejects.toMatchObject({ code: 'port_taken' })
})

test('an answer stands above the settings', async () => {
  const named = { ports: { ...unnamed.ports, http: 9210, httpNamed: true } }
  expect((await choosePorts(named, { http: 9250 }, undefined, taking(9210))).http).toBe(9250)
})

test('equal ports are refused, and an unnamed one steps aside for a named one', async () => {
  await expect(choosePorts(unnamed, { http: 9400, transport: 9400 }, undefined, taking())).rejects.toMatchObject({ code: 'equal_ports' })
  expect(await choosePorts(unnamed, { transport: 9200 }, undefined, taking())).toMatchObject({ http: 9201, transport: 9200 })
  expect(await choosePorts(unnamed, { http: 9300 }, undefined, taking())).toMatchObject({ http: 9300, transport: 9301 })
})

test.each([0, -1, 65_536, 1.5, Number.NaN])('%s is no port', async (port) => {
  await expect(choosePorts(unnamed, { http: port }, undefined, taking())).rejects.toMatchObject({ code: 'bad_port' })
})

test('where everything is taken it says so', async () => {
  await expect(choosePorts(unnamed, {}, undefined, () => Promise.resolve(true))).rejects.toMatchObject({ code: 'no_free_port' })
})

test('0 is left to the system, and two of them are not equal', async () => {
  const named = { ports: { http: 0, httpNamed: true, httpTaken: false, transport: 0, transportNamed: true, transportTaken: false } }
  const chosen = await choosePorts(named, {}, undefined, () => Promise.resolve(true))
  expect(chosen).toMatchObject({ http: 0, transport: 0, notes: [expect.stringContaining('HTTP'), expect.stringContaining('transport')] })
})

test('layers on addresses of their own may have the same port', async () => {
  const named = { ports: { ...unnamed.ports, http: 9400, httpNamed: true, transport: 9400, transportNamed: true } }
  const apart = { http: ['127.0.0.1'], transport: ['127.0.0.2'] }
  expect(await choosePorts(named, {}, apart, taking())).toMatchObject({ http: 9400, transport: 9400 })
  await expect(choosePorts(named, {}, { ...apart, http: ['0.0.0.0'] }, taking())).rejects.toMatchObject({ code: 'equal_ports' })
})
