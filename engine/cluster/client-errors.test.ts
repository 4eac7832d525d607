import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { clusterProblem } from './client-errors.ts'

const whom = { url: 'https://localhost:9200', user: 'elastic' }

function thrown(name: string, more: Record<string, unknown> & { message?: string } = {}): Error {
  return Object.assign(new Error(more.message ?? name), { name, ...more })
}

function blocked(statusCode: number, reason: string): Error {
  return thrown('ResponseError', { statusCode, body: { error: { type: 'cluster_block_exception', reason } } })
}

test.each([
  ['refused connection', thrown('ConnectionError', { message: 'connect ECONNREFUSED 127.0.0.1:9200' }), 'unreachable'],
  ['no answer in time', thrown('TimeoutError'), 'unreachable'],
  ['another CA', thrown('ConnectionError', { message: 'self-signed certificate in certificate chain' }), 'certificate_mismatch'],
  ['another name', thrown('ConnectionError', { message: "Hostname/IP does not match certificate's altnames: Host: x. is not cert's CN" }), 'certificate_other_name'],
  ['expired', thrown('ConnectionError', { cause: thrown('Error', { code: 'CERT_HAS_EXPIRED' }) }), 'certificate_expired'],
  ['no TLS', thrown('ConnectionError', { message: 'error:0A00010B:SSL routines:tls_validate_record_header:wrong version number' }), 'tls_off'],
  ['another product', thrown('ProductNotSupportedError'), 'not_elasticsearch_there'],
  ['a page', thrown('DeserializationError'), 'not_elasticsearch_there'],
  ['a 404 that is not of Elasticsearch', thrown('ResponseError', { statusCode: 404, body: 'not found' }), 'not_elasticsearch_there'],
  ['a 404 of Elasticsearch without an error', thrown('ResponseError', { statusCode: 404, body: { api_keys: [] }, meta: { headers: { 'x-elastic-product': 'Elasticsearch' } } }), 'request_refused'],
  ['401', thrown('ResponseError', { statusCode: 401, body: { error: { type: 'security_exception', reason: 'unable to authenticate' } } }), 'wrong_password'],
  ['403', thrown('ResponseError', { statusCode: 403, body: { error: { type: 'security_exception', reason: 'unauthorized' } } }), 'forbidden'],
  ['no master', thrown('ResponseError', { statusCode: 503, body: { error: { type: 'master_not_discovered_exception' } } }), 'cluster_unhealthy'],
  ['a read-only cluster', blocked(403, 'blocked by: [FORBIDDEN/6/cluster read-only (api)];'), 'writes_blocked'],
  ['the flood stage', blocked(429, 'index [.security-7] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];'), 'writes_blocked'],
  ['a block without a master', blocked(503, 'blocked by: [SERVICE_UNAVAILABLE/2/no master];'), 'cluster_unhealthy'],
  ['a short password', thrown('ResponseError', { statusCode: 400, body: { error: { type: 'x', reason: 'passwords must be at least [6] characters long' } } }), 'request_refused'],
  ['an abort', thrown('RequestAbortedError'), 'cancelled'],
])('%s', (_, error, code) => {
  expect(clusterProblem(error, whom).code).toBe(code)
})

test('the setting behind a block is named, not a user with more rights', () => {
  const { message, remedy } = clusterProblem(blocked(403, 'index [.security-7] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];'), whom)
  expect(message).toContain('index.blocks.read_only_allow_delete is set')
  expect(remedy).toContain('disk')
  expect(remedy).not.toContain('elastic user')
})

test('a refused API key is not called a password', () => {
  expect(clusterProblem(thrown('ResponseError', { statusCode: 401, body: {} }), { ...whom, user: null }).code).toBe('wrong_api_key')
})

test('nothing of the request or the answer comes along', () => {
  const error = thrown('ResponseError', { statusCode: 401, body: { error: { type: 't', reason: 'r' }, secret: 'hidden-body' }, meta: { headers: { authorization: 'hidden-header' } } })
  expect(inspect(clusterProblem(error, whom), { depth: 9 })).not.toMatch(/hidden/)
})
