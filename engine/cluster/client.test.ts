import { generateKeyPair } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { makeNodeCertificates, toPem } from '../security/certificates.ts'
import { beginKeys } from '../security/keys.ts'
import { withCluster } from './client.ts'

test.each([
  [200, 'answered'],
  [500, 'request_refused'],
])('after a call that was answered with %i nothing is left open', async (status, outcome) => {
  // TLS refuses keys of less than 2048 bits.
  const keys = await beginKeys({ make: () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 }) }).ready
  const made = await makeNodeCertificates({ keys, nodeName: 'alpha', names: ['127.0.0.1'], now: new Date() })
  const server = createServer({ key: keys.http.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: toPem(made.http) }, (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' }).end('{}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  const asked = withCluster({ url, caPem: toPem(made.httpCa), auth: { user: 'elastic', password: new Secret('x') } }, (cluster) => cluster.request({ method: 'GET', path: '/' }))
  expect(await asked.then(() => 'answered', (thrown: unknown) => (thrown as Problem).code)).toBe(outcome)
  const open = () => new Promise<number>((done) => server.getConnections((_, count) => done(count)))
  await expect.poll(open, { timeout: 2000 }).toBe(0)
  await new Promise((done) => server.close(done))
})
