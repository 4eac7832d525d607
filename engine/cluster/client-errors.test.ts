import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { Problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { bodyOf, clusterProblem, type ClusterAnswer } from './client-errors.ts'

const whom = { url: 'https://localhost:9200', user: 'elastic' }

function thrown(name: string, more: Record<string, unknown> & { message?: string } = {}): Error {
  return Object.assign(new Error(more.message ?? name), { name, ...more })
}

function answer(status: number, body: unknown, more: Partial<ClusterAnswer> = {}): ClusterAnswer {
  return { status, type: 'application/vnd.elasticsearch+json;compatible-with=8', product: null, text: JSON.stringify(body), ...more }
}

function blocked(status: number, reason: string): ClusterAnswer {
  return answer(status, { error: { type: 'cluster_block_exception', reason } })
}

function refusalOf(of: ClusterAnswer, by: { url: string; user: string | null } = whom): Problem {
  try {
    bodyOf(of, by)
  } catch (thrown) {
    return thrown as Problem
  }
  throw new Error('It was not refused.')
}

const elasticsearch = { product: 'Elasticsearch' }

test.each([
  ['refused connection', thrown('Error', { message: 'connect ECONNREFUSED 127.0.0.1:9200' }), 'unreachable'],
  ['refused by each address of a name', Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'unreachable'],
  ['no answer in time', thrown('TimeoutError'), 'unreachable'],
  ['another CA', thrown('Error', { message: 'self-signed certificate in certificate chain' }), 'certificate_mismatch'],
  ['another name', thrown('Error', { message: "Hostname/IP does not match certificate's altnames: Host: x. is not cert's CN" }), 'certificate_other_name'],
  ['expired', thrown('Error', { cause: thrown('Error', { code: 'CERT_HAS_EXPIRED' }) }), 'certificate_expired'],
  ['no TLS', thrown('Error', { message: 'error:0A00010B:SSL routines:tls_validate_record_header:wrong version number' }), 'tls_off'],
  ['an abort', thrown('AbortError'), 'cancelled'],
])('%s', (_, error, code) => {
  expect(clusterProblem(error, whom).code).toBe(code)
})

test.each([
  ['another product', answer(200, {}, { product: 'Opensearch' }), 'not_elasticsearch_there'],
  ['another product that names none', answer(200, {}), 'not_elasticsearch_there'],
  ['a page', answer(200, {}, { ...elasticsearch, text: '<html>' }), 'not_elasticsearch_there'],
  ['a way to somewhere else', answer(302, {}, { type: 'text/html', text: '' }), 'not_elasticsearch_there'],
  ['a 404 that is not of Elasticsearch', answer(404, {}, { type: 'text/plain', text: 'not found' }), 'not_elasticsearch_there'],
  ['a 404 of Elasticsearch without an error', answer(404, { api_keys: [] }, elasticsearch), 'request_refused'],
  ['401', answer(401, { error: { type: 'security_exception', reason: 'unable to authenticate' } }), 'wrong_password'],
  ['403', answer(403, { error: { type: 'security_exception', reason: 'unauthorized' } }), 'forbidden'],
  ['no master', answer(503, { error: { type: 'master_not_discovered_exception' } }), 'cluster_unhealthy'],
  ['a read-only cluster', blocked(403, 'blocked by: [FORBIDDEN/6/cluster read-only (api)];'), 'writes_blocked'],
  ['the flood stage', blocked(429, 'index [.security-7] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];'), 'writes_blocked'],
  ['a block without a master', blocked(503, 'blocked by: [SERVICE_UNAVAILABLE/2/no master];'), 'cluster_unhealthy'],
  ['a short password', answer(400, { error: { type: 'x', reason: 'passwords must be at least [6] characters long' } }), 'request_refused'],
])('%s', (_, of, code) => {
  expect(refusalOf(of).code).toBe(code)
})

test.each([
  ['JSON', answer(200, { ok: true }, elasticsearch), { ok: true }],
  ['JSON by its usual name', answer(201, [1], { ...elasticsearch, type: 'application/json' }), [1]],
  ['text', answer(200, {}, { ...elasticsearch, type: 'text/plain; charset=UTF-8', text: 'green' }), 'green'],
  ['nothing', answer(200, {}, { ...elasticsearch, text: '' }), ''],
])('an answer of %s', (_, of, body) => {
  expect(bodyOf(of, whom)).toEqual(body)
})

test.each([
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate required'],
  ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'bad certificate'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'bad certificate'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'unknown ca'],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN', 'certificate unknown'],
  ['ERR_SSL_SSL/TLS_ALERT_UNSUPPORTED_CERTIFICATE', 'unsupported certificate'],
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'handshake failure'],
  ['EPROTO', 'handshake failure', 'write EPROTO C0:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert handshake failure:SSL alert number 40'],
])('the alert %s is about the certificate of this side: that there is none, or which', (code, why, message = 'C0:error:0A000412:SSL routines:ssl3_read_bytes') => {
  const alert = thrown('Error', { cause: thrown('Error', { code, message }) })
  expect(clusterProblem(alert, whom).code).toBe('client_certificate_needed')
  const own = { cert: 'PEM', key: new Secret('a private key') }
  expect(clusterProblem(alert, { ...whom, own })).toMatchObject({ code: 'client_certificate_refused', message: expect.stringContaining(`(${why})`) })
})

test('an expired certificate is told with what to do for PEM files, for a keystore with its CA, and for one without', () => {
  const { remedy } = clusterProblem(thrown('Error', { code: 'CERT_HAS_EXPIRED' }), whom)
  expect(remedy).toMatch(/clocks.*PEM file \(xpack\.security\.http\.ssl\.certificate\).*private key of the CA, such as http\.p12.*without it \(PKCS#12 or JKS\)/)
})

test('the setting behind a block is named, not a user with more rights', () => {
  const { message, remedy } = refusalOf(blocked(403, 'index [.security-7] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];'))
  expect(message).toContain('index.blocks.read_only_allow_delete is set')
  expect(remedy).toContain('disk')
  expect(remedy).not.toContain('elastic user')
})

test('a refused API key is not called a password', () => {
  expect(refusalOf(answer(401, {}), { ...whom, user: null }).code).toBe('wrong_api_key')
})

test('nothing of the answer comes along', () => {
  const of = answer(401, { error: { type: 't', reason: 'r' }, secret: 'hidden-body' }, { product: 'hidden-header' })
  expect(inspect(refusalOf(of), { depth: 9 })).not.toMatch(/hidden/)
})
