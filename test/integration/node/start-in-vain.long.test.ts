import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { findNode } from '../../../engine/node/find-node.ts'
import { removeNodeRecord } from '../../../engine/node/node-record.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import { LiveSetup } from '../../../engine/setup/live-setup.ts'
import { nodeStatus } from '../../../engine/setup/node-of.ts'
import { runAsIs, runConfigured } from '../../../engine/setup/run-node.ts'
import { nodeHome, type NodeHome } from './node-home.ts'
import { freePort } from '../../support/free-ports.ts'

let home: NodeHome
const servers: Server[] = []
afterEach(async () => {
  const installation = await home.inspect()
  if ((await findNode(installation)) !== null) await stopNode({ installation })
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))))
  await home.remove()
})

test('a configured node that comes up and cannot be proved is stopped again, and that is what is said', async () => {
  // Without TLS nothing can be proved of it.
  home = await nodeHome('9.4.3', ['xpack.security.enabled: false'])
  await writeFile(join(home.home, 'config', 'jvm.options.d', 'heap.options'), '-Xms512m\n-Xmx512m\n')
  const installation = await home.inspect()
  const live = new LiveSetup({ home: home.home }, installation.config, 'configured', Date.now(), null)
  const handover = { url: home.url, tls: { caPem: 'no certificate' }, caCertificate: '', caFingerprint: '', password: null, kibanaToken: null, kibanaTokenTrouble: null }
  await runConfigured(live, installation, handover, null)
  expect(live.state).toMatchObject({ stage: 'failed', node: null, putBack: expect.stringContaining('the node was stopped again') as string })
  expect(await findNode(installation)).toBeNull()
})

test('a node whose first port of a range is taken is looked for at the one it is bound to, from another process as well', async () => {
  const taken = await freePort()
  const server = createServer()
  servers.push(server)
  await new Promise<void>((done) => server.listen(taken, '127.0.0.1', () => done()))
  home = await nodeHome('8.16.6', ['xpack.security.enabled: false'], undefined, `${taken}-${taken + 20}`)
  const installation = await home.inspect()
  const live = new LiveSetup({ home: home.home }, installation.config, 'as-is', Date.now(), null)
  await runAsIs(live, installation, { heap: '512m' })
  expect(live.state.stage).toBe('ready')
  const bound = live.state.node?.httpPort ?? 0
  expect(bound).toBeGreaterThan(taken)
  expect(await nodeStatus(await home.inspect())).toMatchObject({ running: true, answering: true, url: `http://localhost:${bound}`, node: { httpPort: bound } })
  // Without our record of it the log tells.
  await removeNodeRecord(installation.config)
  expect(await nodeStatus(await home.inspect())).toMatchObject({ url: `http://localhost:${bound}`, node: { httpPort: bound } })
})
