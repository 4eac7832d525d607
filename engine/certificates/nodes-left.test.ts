import { X509Certificate } from 'node:crypto'
import { createServer as createTls } from 'node:https'
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { fingerprintOf, makeNodeCertificates, toPem } from '../security/certificates.ts'
import { reissueAuthority, renewNodeCertificate } from '../security/renewed-certificates.ts'
import { runningKeys } from '../security/testing/small-keys.ts'
import { addressIn, lookAtNodes } from './nodes-left.ts'

async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('nodes are told apart by the CA certificate they send; one that sends none, or nothing, is unknown', async () => {
  const keys = await runningKeys()
  const now = new Date()
  const old = await makeNodeCertificates({ keys, nodeName: 'n1', names: ['localhost'], now })
  const ca = new X509Certificate(
    await reissueAuthority({ old: new X509Certificate(old.httpCa), key: keys.httpCa.privateKey, now }),
  )
  const leaf = await renewNodeCertificate({
    old: new X509Certificate(old.http),
    key: keys.http.publicKey,
    names: [],
    ca,
    caKey: keys.httpCa.privateKey,
    now,
  })
  const key = keys.http.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const showing = (...chain: Uint8Array[]): Promise<string> =>
    listening(createTls({ key, cert: chain.map((one) => toPem(one)).join('') }))
  const closed = await listening(createTcp((socket) => socket.destroy()))
  const addresses = {
    renewed: await showing(leaf, ca.raw),
    left: await showing(old.http, old.httpCa),
    alone: await showing(old.http),
    closed,
    unpublished: '',
  }
  const nodes = Object.entries(addresses).map(([name, address]) => ({ name, address }))
  const seen = await lookAtNodes(nodes, fingerprintOf(ca.raw), new AbortController().signal)
  expect(seen.map(({ name, shows }) => [name, shows])).toEqual([
    ['renewed', 'new'],
    ['left', 'old'],
    ['alone', 'unknown'],
    ['closed', 'unknown'],
    ['unpublished', 'unknown'],
  ])
})

test.each([
  ['192.0.2.7:9200', '192.0.2.7:9200'],
  ['es.example.org/192.0.2.7:9200', '192.0.2.7:9200'],
  ['[2001:db8::7]:9200', '[2001:db8::7]:9200'],
  ['', ''],
])('the address in %s is %s', (published, address) => {
  expect(addressIn(published)).toBe(address)
})
