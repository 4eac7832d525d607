import { generateKeyPair } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import type { EnrollmentToken } from '../../shared/enrollment-token.ts'
import { fingerprintOf, makeNodeCertificates, toPem } from '../security/certificates.ts'
import { beginKeys } from '../security/keys.ts'
import { tryEnrollment } from './try-enrollment.ts'

/** The shortest keys that OpenSSL lets a server use, made once. */
const keys = await beginKeys({ make: () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 }) }).ready
const certificates = await makeNodeCertificates({ keys, nodeName: 'one', names: ['127.0.0.1'], now: new Date() })
const signal = new AbortController().signal

const mayEnroll = { status: 200, body: { username: 'elastic', has_all_requested: true, cluster: { 'cluster:admin/xpack/security/enroll/kibana': true }, index: {}, application: {} } }
const tellsMajor = { status: 400, body: { error: { caused_by: { type: 'status_exception', reason: 'Accept version must be either version 9 or 8, but found 1. Accept=…' } }, status: 400 } }

/** A cluster that answers questions about privileges and about its version so, and hears what it was asked. */
async function cluster(privileges: { status: number; body: unknown }, version = tellsMajor): Promise<{ token: EnrollmentToken; asked: string[]; url: string }> {
  const asked: string[] = []
  const chain = [certificates.http, certificates.httpCa].map(toPem).join('')
  const server = createServer({ key: keys.http.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: chain }, (request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
    const { status, body } = request.url === '/_security/user/_has_privileges' ? privileges : version
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { token: { ver: '8.14.0', adr: [address], fgr: fingerprintOf(certificates.httpCa), key: 'id:very-secret' }, asked, url: `https://${address}` }
}

test('the cluster is asked what the token may and of which major it is, and never to enroll', async () => {
  const { token, asked, url } = await cluster(mayEnroll)
  expect(await tryEnrollment(token, signal)).toEqual({ url, caPem: toPem(certificates.httpCa), caFingerprint: token.fgr, major: 9 })
  expect(asked).toEqual(['POST /_security/user/_has_privileges', 'GET /_security/_authenticate'])
})

test('a cluster that does not tell its major is taken all the same', async () => {
  const { token } = await cluster(mayEnroll, { status: 200, body: { error: { caused_by: { type: '', reason: '' } }, status: 200 } })
  expect(await tryEnrollment(token, signal)).toMatchObject({ major: null })
})

test.each([
  ['a token for a node', { status: 200, body: { ...mayEnroll.body, cluster: { 'cluster:admin/xpack/security/enroll/kibana': false } } }, 'token_wrong_scope'],
  ['one that has expired', { status: 401, body: {} }, 'token_refused'],
  ['a cluster that answers otherwise', { status: 503, body: { error: { reason: 'blocked' } } }, 'request_refused'],
])('%s is refused, with nothing made', async (_, privileges, code) => {
  const { token, asked } = await cluster(privileges)
  await expect(tryEnrollment(token, signal)).rejects.toMatchObject({ code })
  expect(asked).toEqual(['POST /_security/user/_has_privileges'])
})
