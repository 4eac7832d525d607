import { generateKeyPair } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import type { EnrollmentToken } from '../../../shared/enrollment-token.ts'
import { fingerprintOf, makeNodeCertificates, toPem } from '../../security/certificates.ts'
import { beginKeys } from '../../security/keys.ts'

/** The shortest keys that OpenSSL lets a server use, made once. */
const keys = await beginKeys({ make: () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 }) }).ready
const certificates = await makeNodeCertificates({ keys, nodeName: 'one', names: ['127.0.0.1'], now: new Date() })

/** Status 0: none, the connection is closed. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

export interface ScriptedCluster {
  readonly url: string
  readonly caPem: string
  /** SHA-256 of the CA's DER, in hex */
  readonly caFingerprint: string
  readonly token: EnrollmentToken
  /** `METHOD path` of each question, in order */
  readonly asked: string[]
  /** the schemes by which they were asked: `ApiKey`, `Bearer`, `Basic` */
  readonly schemes: string[]
  /** how it answers from now on */
  readonly answers: Record<string, Answer>
}

export const mayEnroll: Answer = { status: 200, body: { username: 'elastic', cluster: { 'cluster:admin/xpack/security/enroll/kibana': true }, index: {}, application: {} } }
/** How a cluster of Elasticsearch 9 answers who asks for a form that it does not give. */
const tellsMajor: Answer = { status: 400, body: { error: { caused_by: { type: 'status_exception', reason: 'Accept version must be either version 9 or 8, but found 1. Accept=…' } }, status: 400 } }

const usual: Readonly<Record<string, Answer>> = {
  'POST /_security/user/_has_privileges': mayEnroll,
  'GET /_security/_authenticate': tellsMajor,
  'GET /_cluster/state/master_node': { status: 200, body: { master_node: 'one' } },
  'GET /_cluster/state/master_node,blocks,routing_table/.security*': { status: 200, body: { master_node: 'one' } },
  'GET /_security/enroll/kibana': { status: 200, body: { token: { name: 'enroll-process-token-1', value: 'AAEAAWVsYXN0aWMva2liYW5h' }, http_ca: 'MII' } },
  'Bearer GET /_security/_authenticate': { status: 200, body: { username: 'elastic/kibana' } },
  'Bearer GET /': { status: 200, body: { cluster_name: 'elasticsearch', version: { number: '9.4.3' }, tagline: 'You Know, for Search' } },
}

/**
 * A cluster of one node that enrolls a Kibana, played on TLS; `change` answers otherwise, by `METHOD path` or `SCHEME METHOD path`, `onAsked` hears of a question before it is answered. Gone
 * when the test is over.
 */
export async function scriptedCluster(change: Readonly<Record<string, Answer>> = {}, onAsked: (question: string) => void = () => undefined): Promise<ScriptedCluster> {
  const [asked, schemes]: [string[], string[]] = [[], []]
  const answers: Record<string, Answer> = { ...usual, ...change }
  const chain = [certificates.http, certificates.httpCa].map(toPem).join('')
  const server = createServer({ key: keys.http.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: chain }, (request, response) => {
    const [scheme = ''] = (request.headers.authorization ?? '').split(' ')
    const question = `${request.method ?? ''} ${request.url ?? ''}`
    asked.push(question)
    schemes.push(scheme)
    onAsked(question)
    const { status, body } = answers[`${scheme} ${question}`] ?? answers[question] ?? answers[decodeURIComponent(question.split('?')[0] ?? '')] ?? { status: 404, body: {} }
    if (status === 0) request.socket.destroy()
    else response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' }).end(JSON.stringify(body))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const caFingerprint = fingerprintOf(certificates.httpCa)
  return { url: `https://${address}`, caPem: toPem(certificates.httpCa), caFingerprint, token: { ver: '8.14.0', adr: [address], fgr: caFingerprint, key: 'id:very-secret' }, asked, schemes, answers }
}
