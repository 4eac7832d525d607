import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { makeNodeCertificates } from '../security/certificates.ts'
import { smallKeys } from '../security/testing/small-keys.ts'
import { reachCluster } from './reach-cluster.ts'

const keys = await smallKeys()
const made = await makeNodeCertificates({ keys, nodeName: 'one', names: ['localhost'], now: new Date() })
const identity = { httpCaKey: keys.httpCa.privateKey, httpCa: made.httpCa, transportKey: keys.transport.privateKey, transport: made.transport, transportCa: made.transportCa }
const signal = new AbortController().signal
const interfaces = { eth0: [{ address: '192.0.2.9', internal: false }] }

test('transport on localhost behind an HTTP address of another machine is refused, and says where to open it', async () => {
  const asked = { answer: { identity, nodesAddresses: ['127.0.0.1:9300'] }, url: 'https://192.0.2.1:9200', ip: '192.0.2.1', major: 9, signal, interfaces }
  await expect(reachCluster(asked)).rejects.toMatchObject({ code: 'join_transport_local', remedy: expect.stringContaining('--transport-host 192.0.2.1` on 192.0.2.1') })
})

test('where transport is not reached, each address is told with its reason', async () => {
  const server = createServer()
  const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)))
  await new Promise((done) => server.close(done))
  const asked = { answer: { identity, nodesAddresses: [`127.0.0.1:${port}`] }, url: 'https://192.0.2.9:9200', ip: '192.0.2.9', major: 9, signal, interfaces }
  await expect(reachCluster(asked)).rejects.toMatchObject({ code: 'join_transport_unreachable', message: expect.stringContaining(`127.0.0.1:${port} (`) })
})

test('a token that names this machine by its host name is no token of another machine', async () => {
  const asked = { answer: { identity, nodesAddresses: ['127.0.0.1:1'] }, url: 'https://es.example.org:9200', ip: '192.0.2.9', major: 9, signal, interfaces }
  await expect(reachCluster(asked)).rejects.toMatchObject({ code: 'join_transport_unreachable' })
  await expect(reachCluster({ ...asked, ip: '192.0.2.1' })).rejects.toMatchObject({ code: 'join_transport_local', remedy: expect.stringContaining('--transport-host es.example.org') })
})
