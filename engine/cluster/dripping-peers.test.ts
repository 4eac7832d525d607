import { generateKeyPair } from 'node:crypto'
import type { AddressInfo, Socket } from 'node:net'
import { createServer as createPlainServer } from 'node:net'
import { createServer } from 'node:tls'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { openNetwork } from '../download/network.ts'
import { fetchFile } from '../download/fetch-file.ts'
import { fetchText } from '../download/fetch-text.ts'
import { openWithToken } from '../enroll/token-connection.ts'
import { kibanaAnswers } from '../kibana/kibana-answers.ts'
import { fingerprintOf, makeNodeCertificates, toPem } from '../security/certificates.ts'
import { beginKeys } from '../security/keys.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withCluster } from './client.ts'
import { httpsGet } from './https-call.ts'

const keys = await beginKeys({ make: () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 }) }).ready
const made = await makeNodeCertificates({ keys, nodeName: 'alpha', names: ['127.0.0.1'], now: new Date() })
const caPem = toPem(made.httpCa)
const signal = new AbortController().signal
const endings: (() => void)[] = []
afterEach(() => {
  for (const end of endings.splice(0)) end()
})

const dripEveryMs = 20
const head = 'HTTP/1.1 200 OK\r\nx-elastic-product: Elasticsearch\r\ncontent-type: application/json\r\n'
/** What a peer says first, and then again and again: it is never silent, and never ends. */
const peers: readonly (readonly [string, string, string])[] = [
  ['a status line without end', 'HTTP/1.1 200 ', 'K'],
  ['103 again and again', '', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'],
  ['a header byte by byte', `${head}x: `, 'x'],
  ['a body of a length byte by byte', `${head}content-length: 100000\r\n\r\n{`, ' '],
  ['a body of chunks without end', `${head}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  ['a body without a length', `${head}connection: close\r\n\r\n{`, ' '],
]

async function dripping(first: string, again: string, tls = true): Promise<number> {
  const drip = (socket: Socket): void => {
    const timer = setInterval(() => socket.write(again), dripEveryMs)
    socket.on('error', () => undefined)
    socket.on('close', () => clearInterval(timer))
    socket.once('data', () => socket.write(first))
  }
  const pair = { key: keys.http.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: toPem(made.http) + caPem }
  const sockets = new Set<Socket>()
  const server = tls ? createServer(pair, drip) : createPlainServer(drip)
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  endings.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}

const timeoutMs = 300
const auth = { user: 'elastic', password: new Secret('x') }

test.each(peers)('an exchange with a peer that sends %s ends when its time is over', async (_, first, again) => {
  const port = await dripping(first, again)
  const url = `https://127.0.0.1:${port}`
  await expect(httpsGet({ url, caPem, timeoutMs })).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  const unreachable = { code: 'unreachable', message: expect.stringContaining('no answer in time') as string }
  await expect(withCluster({ url, caPem, auth }, (cluster) => cluster.request({ method: 'GET', path: '/', timeoutMs }))).rejects.toMatchObject(unreachable)
  const token = { ver: '8.14.0', adr: [`127.0.0.1:${port}`], fgr: fingerprintOf(made.httpCa), key: 'id:key' }
  const connection = await openWithToken({ token, signal, answerWithinMs: timeoutMs })
  await expect(connection.get('/_security/enroll/node')).rejects.toMatchObject(unreachable)
})

test.each(peers)('a Kibana that sends %s is asked no longer than said', async (_, first, again) => {
  const port = await dripping(first, again, false)
  const answered = await kibanaAnswers({ tls: false, host: '127.0.0.1', port, statusPath: '/api/status' } as Parameters<typeof kibanaAnswers>[0], timeoutMs)
  // Where the status came it is told, and what comes behind it is left.
  expect(answered).toBe(first.endsWith('\r\n\r\n') || first.endsWith('{'))
})

test.each(peers)('a download from a mirror that sends %s is given up', async (_, first, again) => {
  const address = `http://127.0.0.1:${await dripping(first, again, false)}/a.tar.gz`
  const network = await openNetwork({ env: {}, askProxy: () => Promise.resolve(null), patience: timeoutMs / 2 })
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-drip-'))
  try {
    const broken = { code: expect.stringMatching(/^download_(unreachable|broken)$/) as string }
    await expect(fetchText(address, { network, signal, most: 1000 })).rejects.toMatchObject(broken)
    const fetching = { address, part: join(folder, 'part'), network, signal, onBytes: () => undefined, pauses: [] }
    await expect(fetchFile(fetching)).rejects.toMatchObject(broken)
  } finally {
    await network.close()
    await rm(folder, { recursive: true })
  }
})

test('of an endless answer no more is taken than any cluster says', async () => {
  const port = await dripping(`${head}connection: close\r\n\r\n{`, ' '.repeat(16 * 1024 * 1024))
  const url = `https://127.0.0.1:${port}`
  expect((await httpsGet({ url, caPem, timeoutMs: 30_000 })).body.length).toBe(64 * 1024)
  const asked = withCluster({ url, caPem, auth }, (cluster) => cluster.request({ method: 'GET', path: '/', timeoutMs: 60_000 }))
  await expect(asked).rejects.toMatchObject({ code: 'answer_too_long' })
})
