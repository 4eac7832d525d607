import { generateKeyPair } from 'node:crypto'
import { createServer as createPlainServer, type Server } from 'node:net'
import { createServer, type Server as TlsServer } from 'node:tls'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import type { EnrollmentToken } from '../../shared/enrollment-token.ts'
import { fingerprintOf, makeNodeCertificates, toPem } from '../security/certificates.ts'
import { beginKeys, type KeyPair, type NodeKeys } from '../security/keys.ts'
import { openWithToken, type AddressTried } from './token-connection.ts'

const signal = new AbortController().signal
const servers: Server[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))))
})

interface Identity {
  readonly caDer: Buffer
  readonly leafDer: Buffer
  readonly key: KeyPair
}

/** The shortest keys that OpenSSL lets a server use, made once. */
const make = (): Promise<KeyPair> => promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
const ownKeys = beginKeys({ make }).ready
const otherKeys = beginKeys({ make }).ready

const own = await identity(ownKeys)
const other = await identity(otherKeys)

async function identity(making: Promise<NodeKeys>, names: readonly string[] = ['127.0.0.1', 'localhost']): Promise<Identity> {
  const keys = await making
  const made = await makeNodeCertificates({ keys, nodeName: 'one', names, now: new Date() })
  return { caDer: made.httpCa, leafDer: made.http, key: keys.http }
}

/** A TLS server that keeps what it was sent after the handshake, and answers by `status` and `body`. */
async function serve(shown: { key: KeyPair; chain: readonly Buffer[] }, answer = { status: 200, body: '{"ok":true}' }): Promise<{ port: number; heard: string[]; server: TlsServer }> {
  const heard: string[] = []
  const server = createServer(contextOf(shown), (socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      heard.push(data.toString('utf8'))
      socket.end(`HTTP/1.1 ${answer.status} X\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(answer.body)}\r\n\r\n${answer.body}`)
    })
  })
  server.on('tlsClientError', () => undefined)
  return { port: await listen(server), heard, server }
}

function contextOf({ key, chain }: { key: KeyPair; chain: readonly Buffer[] }): { key: string | Buffer; cert: string } {
  return { key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: chain.map(toPem).join('') }
}

function listen(server: Server): Promise<number> {
  servers.push(server)
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    }),
  )
}

async function closedPort(): Promise<number> {
  const server = createPlainServer()
  const port = await listen(server)
  servers.splice(servers.indexOf(server), 1)
  await new Promise((done) => server.close(done))
  return port
}

function tokenFor(caDer: Buffer, adr: readonly string[]): EnrollmentToken {
  return { ver: '8.14.0', adr: [...adr], fgr: fingerprintOf(caDer), key: 'id:very-secret' }
}

test('the CA of the token is found in the presented chain, and the key goes out on the connection it proves', async () => {
  const { port, heard } = await serve({ key: own.key, chain: [own.leafDer, own.caDer] })
  const connection = await openWithToken({ token: tokenFor(own.caDer, [`127.0.0.1:${port}`]), signal })
  expect(connection).toMatchObject({ url: `https://127.0.0.1:${port}`, caPem: toPem(own.caDer), ip: '127.0.0.1' })
  expect(heard).toEqual([])
  expect(await connection.get('/_security/enroll/node')).toEqual({ ok: true })
  expect(heard.join('')).toContain(`authorization: ApiKey ${Buffer.from('id:very-secret').toString('base64')}`)
})

test('somebody who takes the place of a cluster once that is proved is found out, and gets no key', async () => {
  const { port, heard, server } = await serve({ key: own.key, chain: [own.leafDer, own.caDer] })
  const connection = await openWithToken({ token: tokenFor(own.caDer, [`127.0.0.1:${port}`]), signal })
  server.setSecureContext(contextOf({ key: other.key, chain: [other.leafDer, own.caDer] }))
  await expect(connection.get('/_security/enroll/node')).rejects.toMatchObject({ code: 'certificate_mismatch' })
  expect(heard).toEqual([])
})

test('another cluster is told by its fingerprint, and is sent nothing', async () => {
  const { port, heard } = await serve({ key: other.key, chain: [other.leafDer, other.caDer] })
  await expect(openWithToken({ token: tokenFor(own.caDer, [`127.0.0.1:${port}`]), signal })).rejects.toMatchObject({
    code: 'token_other_cluster',
    message: expect.stringContaining(fingerprintOf(other.caDer)),
  })
  expect(heard).toEqual([])
})

test('a machine in the middle that shows the CA of the cluster, which is no secret, is found out and sent nothing', async () => {
  const { port, heard } = await serve({ key: other.key, chain: [other.leafDer, own.caDer] })
  await expect(openWithToken({ token: tokenFor(own.caDer, [`127.0.0.1:${port}`]), signal })).rejects.toMatchObject({ code: 'token_other_cluster' })
  expect(heard).toEqual([])
})

test('a certificate of the right CA for another address is not taken', async () => {
  const elsewhere = await identity(ownKeys, ['192.0.2.1'])
  const { port, heard } = await serve({ key: elsewhere.key, chain: [elsewhere.leafDer, elsewhere.caDer] })
  await expect(openWithToken({ token: tokenFor(elsewhere.caDer, [`127.0.0.1:${port}`]), signal })).rejects.toMatchObject({
    code: 'token_unreachable',
    message: expect.stringContaining('its certificate was not made for this address'),
  })
  expect(heard).toEqual([])
})

test('addresses that fail are told one by one with their reasons, and the one that works is used', async () => {
  const { port } = await serve({ key: own.key, chain: [own.leafDer, own.caDer] })
  const plain = await listen(createPlainServer((socket) => socket.on('error', () => undefined).resume().end('HTTP/1.1 400 Bad Request\r\n\r\n')))
  const adr = [`127.0.0.1:${await closedPort()}`, `127.0.0.1:${plain}`, `127.0.0.1:${port}`]
  const { url, addresses } = await openWithToken({ token: tokenFor(own.caDer, adr), signal })
  expect(url).toBe(`https://127.0.0.1:${port}`)
  expect(addresses).toEqual([
    { address: adr[0], outcome: 'unreachable', why: 'nothing listens there' },
    { address: adr[1], outcome: 'unreachable', why: 'it answers without TLS' },
    { address: adr[2], outcome: 'connected', why: null },
  ])
})

test('an address that stays silent does not keep the next one waiting', async () => {
  const { port } = await serve({ key: own.key, chain: [own.leafDer, own.caDer] })
  const silent = await listen(createPlainServer((socket) => socket.on('error', () => undefined).resume()))
  const heard: AddressTried[] = []
  const { addresses } = await openWithToken({ token: tokenFor(own.caDer, [`127.0.0.1:${silent}`, `127.0.0.1:${port}`]), signal, onAddress: (one) => heard.push(one) })
  expect(addresses.map(({ outcome }) => outcome)).toEqual(['left', 'connected'])
  expect(heard.map(({ outcome }) => outcome)).toEqual(['trying', 'trying', 'left', 'connected'])
})

test('where no address answers, the sentence names each with its reason', async () => {
  const adr = [`127.0.0.1:${await closedPort()}`, `127.0.0.1:${await closedPort()}`]
  await expect(openWithToken({ token: tokenFor(own.caDer, adr), signal })).rejects.toMatchObject({
    code: 'token_unreachable',
    message: expect.stringMatching(new RegExp(`${adr[0]} \\(nothing listens there\\).*${adr[1]} \\(nothing listens there\\)`)),
  })
})

test.each([
  [401, 'token_refused'],
  [403, 'token_wrong_scope'],
  [500, 'request_refused'],
])('an answer of %d is %s, and no message repeats the key', async (status, code) => {
  const { port } = await serve({ key: own.key, chain: [own.leafDer, own.caDer] }, { status, body: '{"error":{"reason":"because"}}' })
  const connection = await openWithToken({ token: tokenFor(own.caDer, [`127.0.0.1:${port}`]), signal })
  await expect(connection.get('/_security/enroll/node')).rejects.toMatchObject({ code, message: expect.not.stringContaining('very-secret') })
})

test.each([
  ['API key: api key is expired', 'has expired.'],
  ['API key: api key [id] has been invalidated', 'was taken back'],
  ['API key: unable to find apikey with id id', 'has expired, or was taken back'],
])('a token of whose key Elasticsearch says "%s" %s', async (said, told) => {
  const body = JSON.stringify({ error: { reason: 'unable to authenticate', additional_unsuccessful_credentials: said }, status: 401 })
  const { port } = await serve({ key: own.key, chain: [own.leafDer, own.caDer] }, { status: 401, body })
  const connection = await openWithToken({ token: tokenFor(own.caDer, [`127.0.0.1:${port}`]), signal })
  await expect(connection.get('/_security/enroll/node')).rejects.toMatchObject({ code: 'token_refused', message: expect.stringContaining(told) as string })
})

test('it can be cancelled while an address is silent', async () => {
  const silent = await listen(createPlainServer((socket) => socket.on('error', () => undefined).resume()))
  const controller = new AbortController()
  const opening = openWithToken({ token: tokenFor(own.caDer, [`127.0.0.1:${silent}`]), signal: controller.signal, onAddress: () => controller.abort() })
  await expect(opening).rejects.toMatchObject({ code: 'cancelled' })
})

test.each(['TLSv1.2', 'TLSv1.3'] as const)('a cluster that only accepts clients with a certificate (%s) is told as that, and the key of the token is not heard there', async (maxVersion) => {
  const heard: string[] = []
  const context = contextOf({ key: own.key, chain: [own.leafDer, own.caDer] })
  const server = createServer({ ...context, requestCert: true, rejectUnauthorized: true, maxVersion }, (socket) => {
    socket.on('data', (data) => heard.push(data.toString()))
  })
  server.on('tlsClientError', () => undefined)
  const port = await listen(server)
  const token = tokenFor(own.caDer, [`127.0.0.1:${port}`])
  const asking = openWithToken({ token, signal }).then((connection) => connection.get('/_security/enroll/node'))
  await expect(asking).rejects.toMatchObject({ code: 'token_client_certificate', message: expect.stringContaining(String(port)) })
  expect(heard).toEqual([])
})
