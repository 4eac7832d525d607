import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { proveBound } from './prove-bound.ts'

let folder: string
let server: Server
let port: number
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-bound-'))
  server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

async function proved(line: string, addresses: readonly string[]) {
  const logFile = join(folder, 'elasticsearch.log')
  await writeFile(logFile, `[2026-11-25T09:00:00,000][INFO ][o.e.t.TransportService   ] [n1] ${line}\n`)
  return proveBound({ pid: 1, name: 'n1', version: '9.4.3', startedAt: null, httpPort: 9200, logFile }, { addresses, opens: true })
}

test('a node that is bound to what was asked for, and answers where it says, is proved', async () => {
  const published = `127.0.0.1:${port}`
  expect(await proved(`publish_address {${published}}, bound_addresses {[::1]:9300}, {10.0.0.5:9300}`, ['10.0.0.5', '::1', '0:0:0:0:0:0:0:1'])).toMatchObject({ published })
  expect(await proved(`publish_address {${published}}, bound_addresses {[::]:9300}`, ['0.0.0.0'])).toMatchObject({ published })
  expect(await proved(`publish_address {${published}}, bound_addresses {10.0.0.5:9300}`, [])).toMatchObject({ published })
})

test('one that is bound to something else is told so, with both', async () => {
  const words = { code: 'transport_not_bound', message: expect.stringContaining('127.0.0.1:9300, not to 10.0.0.5') as string }
  await expect(proved(`publish_address {127.0.0.1:${port}}, bound_addresses {127.0.0.1:9300}`, ['10.0.0.5'])).rejects.toMatchObject(words)
  await expect(proved(`publish_address {127.0.0.1:${port}}, bound_addresses {10.0.0.5:9300}`, ['0.0.0.0'])).rejects.toMatchObject({ code: 'transport_not_bound' })
})

test('one that does not answer where it tells others to look is told so', async () => {
  await new Promise((closed) => server.close(closed))
  await expect(proved(`publish_address {127.0.0.1:${port}}, bound_addresses {10.0.0.5:9300}`, ['10.0.0.5'])).rejects.toMatchObject({ code: 'transport_not_reached' })
})

test('a log that does not tell proves nothing, and is no failure', async () => {
  expect(await proved('profile [x]', ['10.0.0.5'])).toBeNull()
})
