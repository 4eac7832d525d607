import { expect, test } from 'vitest'
import { choosePorts } from './ports.ts'

const unnamed = { ports: { http: 9200, httpNamed: false, httpTaken: false, transport: 9300, transportNamed: false, transportTaken: false } }
const taking = (...taken: number[]) => (port: number): Promise<boolean> => Promise.resolve(taken.includes(port))

test('the usual ports are used without a word', async () => {
  expect(await choosePorts(unnamed, {}, taking())).toEqual({ http: 9200, transport: 9300, notes: [] })
})

test('an unnamed port that is taken moves on to the next free one and says so', async () => {
  const chosen = await choosePorts(unnamed, {}, taking(9200, 9201))
  expect(chosen.http).toBe(9202)
  expect(chosen.notes).toEqual([expect.stringContaining('9202')])
})

test('a named port that is taken is refused, answered or in the settings', async () => {
  const named = { ports: { ...unnamed.ports, transport: 9310, transportNamed: true } }
  await expect(choosePorts(unnamed, { http: 9250 }, taking(9250))).rejects.toMatchObject({ code: 'port_taken' })
  await expect(choosePorts(named, {}, taking(9310))).rejects.toMatchObject({ code: 'port_taken' })
})

test('an answer stands above the settings', async () => {
  const named = { ports: { ...unnamed.ports, http: 9210, httpNamed: true } }
  expect((await choosePorts(named, { http: 9250 }, taking(9210))).http).toBe(9250)
})

test('equal ports are refused, and an unnamed one steps aside for a named one', async () => {
  await expect(choosePorts(unnamed, { http: 9400, transport: 9400 }, taking())).rejects.toMatchObject({ code: 'equal_ports' })
  expect(await choosePorts(unnamed, { transport: 9200 }, taking())).toMatchObject({ http: 9201, transport: 9200 })
  expect(await choosePorts(unnamed, { http: 9300 }, taking())).toMatchObject({ http: 9300, transport: 9301 })
})

test.each([0, -1, 65_536, 1.5, Number.NaN])('%s is no port', async (port) => {
  await expect(choosePorts(unnamed, { http: port }, taking())).rejects.toMatchObject({ code: 'bad_port' })
})

test('where everything is taken it says so', async () => {
  await expect(choosePorts(unnamed, {}, () => Promise.resolve(true))).rejects.toMatchObject({ code: 'no_free_port' })
})
