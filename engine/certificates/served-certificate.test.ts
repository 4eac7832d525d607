import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { makeNodeCertificates, toPem, type NodeCertificates } from '../security/certificates.ts'
import { codeOf } from '../security/testing/code-of.ts'
import { runningKeys } from '../security/testing/small-keys.ts'
import { refuseUnaccepted, untilServed } from './served-certificate.ts'

const signal = new AbortController().signal

async function serving(): Promise<{ made: NodeCertificates; url: string }> {
  const keys = await runningKeys()
  const made = await makeNodeCertificates({ keys, nodeName: 'n1', names: ['127.0.0.1'], now: new Date() })
  const key = keys.http.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const server = createServer({ key, cert: toPem(made.http) + toPem(made.httpCa) })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { made, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('a node serves a certificate only when it shows that very one', async () => {
  const [one, other] = [await serving(), await serving()]
  expect(await untilServed(one.url, one.made.http, { forMs: 1000, signal })).toBe(true)
  expect(await untilServed(one.url, other.made.http, { forMs: 1, signal })).toBe(false)
})

test('a node is refused where the CA that clients hold does not accept it', async () => {
  const [one, other] = [await serving(), await serving()]
  expect(await codeOf(() => refuseUnaccepted(one.url, new X509Certificate(one.made.httpCa), signal))).toBe('none')
  expect(await codeOf(() => refuseUnaccepted(one.url, new X509Certificate(other.made.httpCa), signal))).toMatch(
    /^certificate_/,
  )
})
