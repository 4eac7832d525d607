import { generateKeyPair, X509Certificate } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { createServer, type Server, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { afterEach, expect, test, vi } from 'vitest'
import type { Problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { makeNodeCertificates, toPem } from '../security/certificates.ts'
import { beginKeys } from '../security/keys.ts'
import type { NodeTls, OwnCertificate } from '../security/node-tls.ts'
import { withCluster } from './client.ts'
import { httpsGet } from './https-call.ts'
import { callOnce } from './try-it.ts'
import { waitUntilAnswering } from './wait-until-answering.ts'

afterEach(() => void vi.unstubAllEnvs())

interface There {
  readonly url: string
  readonly caPem: string
  /** the certificate of the server and its key */
  readonly own: OwnCertificate
  readonly server: Server
}

/** Gives `use` the address of a server of HTTPS and the CA that proves it; with `more` options. */
async function withServer(answer: RequestListener, use: (there: There) => Promise<void>, more: ServerOptions = {}): Promise<void> {
  // TLS refuses keys of less than 2048 bits.
  const keys = await beginKeys({ make: () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 }) }).ready
  const made = await makeNodeCertificates({ keys, nodeName: 'alpha', names: ['127.0.0.1'], now: new Date() })
  const [key, cert, caPem] = [String(keys.http.privateKey.export({ type: 'pkcs8', format: 'pem' })), toPem(made.http), toPem(made.httpCa)]
  const server = createServer({ key, cert, ...more }, answer)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  try {
    await use({ url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, caPem, own: { cert, key: new Secret(key) }, server })
  } finally {
    await new Promise((done) => server.close(done))
  }
}

const answering = (status: number): RequestListener => (_, response) => void response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' }).end('{}')

test.each([
  [200, 'answered'],
  [500, 'request_refused'],
])('after a call that was answered with %i nothing is left open', async (status, outcome) => {
  await withServer(answering(status), async ({ url, caPem, server }) => {
    const asked = withCluster({ url, caPem, auth: { user: 'elastic', password: new Secret('x') } }, (cluster) => cluster.request({ method: 'GET', path: '/' }))
    expect(await asked.then(() => 'answered', (thrown: unknown) => (thrown as Problem).code)).toBe(outcome)
    const open = () => new Promise<number>((done) => server.getConnections((_, count) => done(count)))
    await expect.poll(open, { timeout: 2000 }).toBe(0)
  })
})

test('a call with a body accepts just the type that it has, as Elasticsearch demands of one', async () => {
  const types: unknown[] = []
  const answer: RequestListener = (request, response) => {
    types.push([request.method, request.headers.accept, request.headers['content-type']])
    answering(200)(request, response)
  }
  await withServer(answer, async ({ url, caPem }) => {
    await withCluster({ url, caPem, auth: { user: 'elastic', password: new Secret('x') } }, async (cluster) => {
      await cluster.request({ method: 'POST', path: '/', body: {} })
      await cluster.request({ method: 'GET', path: '/' })
    })
  })
  const json = 'application/vnd.elasticsearch+json; compatible-with=8'
  expect(types).toEqual([['POST', json, json], ['GET', `${json},text/plain`, undefined]])
})

test.each(['POST', 'PUT', 'DELETE'] as const)('the body of a %s arrives whole, and the connection is good for the next call', async (method) => {
  const bodies: [string | undefined, string][] = []
  let connections = 0
  const answer: RequestListener = (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      bodies.push([request.method, Buffer.concat(parts).toString()])
      answering(200)(request, response)
    })
  }
  await withServer(answer, async ({ url, caPem, server }) => {
    server.on('secureConnection', () => connections++)
    await withCluster({ url, caPem, auth: { user: 'elastic', password: new Secret('x') }, oneAfterTheOther: true }, async (cluster) => {
      await cluster.request({ method, path: '/', body: { name: 'Käse' } })
      await cluster.request({ method: 'GET', path: '/' })
    })
  })
  expect(bodies).toEqual([[method, '{"name":"Käse"}'], ['GET', '']])
  expect(connections).toBe(1)
})

test('somebody else asks once by the same connection, where one is to be enough, and is the one who is refused', async () => {
  const askers: string[] = []
  const answer: RequestListener = (request, response) => {
    askers.push(Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString())
    answering(askers.at(-1)?.startsWith('anna') ? 401 : 200)(request, response)
  }
  await withServer(answer, async ({ url, caPem, server }) => {
    let connections = 0
    server.on('secureConnection', () => (connections += 1))
    await withCluster({ url, caPem, auth: { user: 'elastic', password: new Secret('x') }, oneAfterTheOther: true }, async (cluster) => {
      await cluster.request({ method: 'GET', path: '/' })
      const as = { user: 'anna', password: new Secret('päss:word') }
      await expect(cluster.request({ method: 'GET', path: '/', as })).rejects.toMatchObject({ code: 'wrong_password', message: expect.stringContaining('anna') })
      await cluster.request({ method: 'GET', path: '/' })
    })
    expect(askers).toEqual(['elastic:x', 'anna:päss:word', 'elastic:x'])
    expect(connections).toBe(1)
  })
})

test('a certificate of another CA is refused, and no login sent, though the environment tells Node to look at none', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  const password = new Secret('x')
  let asked = 0
  const answer: RequestListener = (request, response) => {
    asked += 1
    answering(200)(request, response)
  }
  await withServer(answer, async ({ url }) => {
    await withServer(answering(200), async ({ caPem }) => {
      await expect(withCluster({ url, caPem, auth: { user: 'elastic', password } }, (cluster) => cluster.request({ method: 'GET', path: '/' }))).rejects.toMatchObject({ code: 'certificate_mismatch' })
      await expect(httpsGet({ url, caPem, password, timeoutMs: 5000 })).rejects.toThrow(/certificate/)
    })
  })
  expect(asked).toBe(0)
})

/** Every kind of call to a node, and how it ended: `answered`, or the code of its problem. */
async function calls(url: string, tls: NodeTls): Promise<Record<string, string>> {
  const password = new Secret('x')
  const asked = { url, ...tls, password, user: 'elastic' }
  const made: Record<string, () => Promise<unknown>> = {
    client: () => withCluster({ ...asked, auth: asked }, (cluster) => cluster.request({ method: 'GET', path: '/' })),
    once: () => callOnce({ ...asked, caPath: 'ca' }),
    waiting: () => waitUntilAnswering({ ...asked, forMs: 500 }),
  }
  const ended = Object.entries(made).map(async ([name, call]) => {
    const how = await call().then(() => 'answered', (thrown: unknown) => (thrown as Problem).code)
    return [name, how] as const
  })
  return Object.fromEntries(await Promise.all(ended))
}

const every = (end: string): Record<string, string> => ({ client: end, once: end, waiting: end })

test.each(['TLSv1.2', 'TLSv1.3'] as const)('a node that asks for a certificate (%s) is shown its own by every call', async (maxVersion) => {
  const shown = new Set<string>()
  const answer: RequestListener = (request, response) => {
    shown.add((request.socket as TLSSocket).getPeerCertificate().fingerprint256)
    answering(200)(request, response)
  }
  const asking = { requestCert: true, rejectUnauthorized: false, maxVersion }
  await withServer(answer, async ({ url, caPem, own }) => {
    expect(await calls(url, { caPem, own })).toEqual(every('answered'))
    expect([...shown]).toEqual([new X509Certificate(own.cert).fingerprint256])
  }, asking)
})

test.each(['TLSv1.2', 'TLSv1.3'] as const)('a node that requires a certificate (%s) of whoever has none is told from one where nothing answers', async (maxVersion) => {
  let asked = 0
  const answer: RequestListener = (request, response) => {
    asked += 1
    answering(200)(request, response)
  }
  await withServer(answer, async ({ url, caPem }) => {
    expect(await calls(url, { caPem })).toEqual(every('client_certificate_needed'))
  }, { requestCert: true, rejectUnauthorized: true, maxVersion })
  expect(asked).toBe(0)
})

test('a connection that is closed after the handshake, whatever is sent, is told as what it is', async () => {
  await withServer(answering(200), async ({ url, caPem, server }) => {
    server.on('secureConnection', (socket: TLSSocket) => socket.destroy())
    expect(await calls(url, { caPem })).toEqual({ ...every('unreachable'), waiting: 'not_answering' })
  })
})
