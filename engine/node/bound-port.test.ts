import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { httpPortIn, httpPortInLog } from './bound-port.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-log-'))
  path = join(folder, 'elasticsearch_server.json')
})
afterEach(() => rm(folder, { recursive: true }))

const line = (at: string, message: string, logger = 'org.elasticsearch.http.AbstractHttpServerTransport'): string =>
  `${JSON.stringify({ '@timestamp': at, 'log.level': 'INFO', message, 'log.logger': logger, 'elasticsearch.node.name': 'n1' })}\n`
const bound = (port: number): string => `publish_address {192.0.2.2:${port}}, bound_addresses {[::1]:${port}}, {127.0.0.1:${port}}`

test('the port of the last start is found however much was logged since', async () => {
  const chatter = line('2026-01-01T00:02:00.000Z', 'x'.repeat(900), 'org.elasticsearch.node.Node').repeat(3000)
  await writeFile(path, line('2026-01-01T00:00:00.000Z', bound(9200)) + line('2026-01-01T00:01:00.000Z', bound(9201)) + chatter)
  expect(await httpPortInLog(path, null)).toBe(9201)
})

test('the port of an earlier start is not taken for the one of this', async () => {
  await writeFile(path, line('2026-01-01T00:00:00.000Z', bound(9200)))
  expect(await httpPortInLog(path, Date.parse('2026-01-01T01:00:00Z'))).toBeNull()
  expect(await httpPortInLog(path, Date.parse('2025-12-31T23:59:50Z'))).toBe(9200)
})

test('the port of transport is none of HTTP, and a log that is not there tells none', async () => {
  await writeFile(path, line('2026-01-01T00:00:00.000Z', bound(9300), 'org.elasticsearch.transport.TransportService'))
  expect(await httpPortInLog(path, null)).toBeNull()
  expect(await httpPortInLog(join(folder, 'none'), null)).toBeNull()
})

test('a text log of the usual layout is read as well', async () => {
  await writeFile(path, '[2026-01-01T00:00:00,000][INFO ][o.e.h.AbstractHttpServerTransport] [n1] publish_address {localhost/127.0.0.1:9205}, bound_addresses {[::]:9205}\n')
  expect(await httpPortInLog(path, null)).toBe(9205)
})

test('of several ports it is the one of the published address, and never one that only others see', () => {
  const told = (message: string): number | null => httpPortIn({ at: 0, level: 'INFO', logger: 'AbstractHttpServerTransport', message, stack: null, node: null })
  expect(told('publish_address {127.0.0.1:9201}, bound_addresses {[::1]:9200}, {127.0.0.1:9201}')).toBe(9201)
  expect(told('publish_address {192.0.2.1:443}, bound_addresses {[::]:9200}')).toBe(9200)
  expect(told('something else')).toBeNull()
})
