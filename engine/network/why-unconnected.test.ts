import { connect as connectPlain, createServer, type AddressInfo } from 'node:net'
import { connect } from 'node:tls'
import { expect, test } from 'vitest'
import { clusterProblem, connectionProblem } from '../cluster/client-errors.ts'
import { readEnrollAnswer } from '../enroll/cluster-identity.ts'
import { peerOf } from '../enroll/tls-socket.ts'
import { encodeEnrollmentToken, decodeEnrollmentToken } from '../../shared/enrollment-token.ts'
import { whyUnfetched } from '../download/why-unfetched.ts'
import { Unconnected, whyUnconnected } from './why-unconnected.ts'

/** Words of Node, OpenSSL and the system, none of which are for a person. */
const raw = /ERR_|SSL routines|error:|ssl3|getaddrinfo|connect E|read E|write E|Invalid URL|Port should|socket hang up|Parse Error|Expected HTTP|altnames|:\d+:$/i

const withCode = (message: string, code: string): Error => Object.assign(new Error(message), { code })
const foreign: readonly (readonly [string, Error])[] = [
  ['a port out of range', thrownBy(() => connectPlain({ host: '127.0.0.1', port: 99_999 }))],
  ['a port that is no number', thrownBy(() => connectPlain({ host: '127.0.0.1', port: Number.NaN }))],
  ['an address that is none', thrownBy(() => new URL('https://[x'))],
  ['an unknown name', withCode('getaddrinfo ENOTFOUND nowhere.invalid', 'ENOTFOUND')],
  ['a name service that is down', withCode('getaddrinfo EAI_AGAIN nowhere', 'EAI_AGAIN')],
  ['nobody there', withCode('connect ECONNREFUSED 127.0.0.1:9200', 'ECONNREFUSED')],
  ['nobody there, by a library that keeps the message alone', new Error('connect ECONNREFUSED 127.0.0.1:9200')],
  ['several addresses', new AggregateError([withCode('connect ECONNREFUSED ::1:9200', 'ECONNREFUSED')], '')],
  ['an alert', withCode('write EPROTO 80A0:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert handshake failure:../deps/x.c:916:SSL alert number 40:', 'EPROTO')],
  ['a demand for a certificate', withCode('80A0:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:x.c:1:', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')],
  ['another TLS', withCode('error:0A000102:SSL routines:ssl_choose_client_version:unsupported protocol', 'ERR_SSL_UNSUPPORTED_PROTOCOL')],
  ['no HTTP', withCode('Parse Error: Expected HTTP/, RTSP/ or ICE/', 'HPE_INVALID_CONSTANT')],
  ['too long a header', withCode('Parse Error: Header overflow', 'HPE_HEADER_OVERFLOW')],
  ['a cut line', withCode('socket hang up', 'ECONNRESET')],
  ['a cut handshake', withCode('Client network socket disconnected before secure TLS connection was established', 'ECONNRESET')],
  ['another name', withCode("Hostname/IP does not match certificate's altnames: Host: x. is not in the cert's altnames: DNS:a, DNS:b", 'ERR_TLS_CERT_ALTNAME_INVALID')],
  ['another CA', withCode('unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')],
  ['no TLS', withCode('error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:x.c:1:', 'ERR_SSL_WRONG_VERSION_NUMBER')],
  ['what Node calls by a code that is not known', withCode('The "options" argument must be x', 'ERR_INVALID_ARG_TYPE')],
  ['what is not known', withCode('write EXYZ some/path.c:916:', 'EXYZ')],
]

function thrownBy(work: () => unknown): Error {
  try {
    work()
  } catch (thrown) {
    return thrown as Error
  }
  throw new Error('nothing was thrown')
}

test.each(foreign)('%s is told in words of our own wherever a connection is made, and its own are in the detail alone', (_, error) => {
  expect(whyUnconnected(error)).not.toMatch(raw)
  const url = 'https://127.0.0.1:9200'
  for (const told of [connectionProblem(error, { url }), clusterProblem(error, { url }), whyUnfetched(error, new URL(url), null)]) {
    expect(`${told.message} ${told.remedy}`.replaceAll('certificate_', '')).not.toMatch(raw)
    expect(told.detail).not.toBeNull()
  }
})

test('what a certificate is for is told of one that was made for other names', () => {
  const [, error] = foreign.find(([name]) => name === 'another name') ?? ['', new Error('')]
  expect(connectionProblem(error, { url: 'https://x:9200' }).message).toContain('it is for a, b')
  expect(connectionProblem(error, { url: 'https://x:9200' }).code).toBe('certificate_other_name')
})

test('what a server of plain words does to a TLS handshake is told as that', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).end('220 mail.example ESMTP\r\n'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const { port } = server.address() as AddressInfo
  const error = await new Promise<Error>((resolve) => connect({ host: '127.0.0.1', port }).on('error', resolve))
  expect(connectionProblem(error, { url: `https://127.0.0.1:${port}` }).code).toBe('tls_off')
  server.close()
})

test.each(['0', '65536', '99999', '00000'])('a token or a cluster that names port %s is refused where it is read', (port) => {
  const token = { ver: '8.14.0', adr: [`10.0.0.1:${port}`], fgr: 'ab'.repeat(32), key: 'id:key' }
  expect(() => decodeEnrollmentToken(encodeEnrollmentToken(token))).toThrow(expect.objectContaining({ code: 'token_unreadable' }))
  expect(() => readEnrollAnswer({ nodes_addresses: [`10.0.0.1:${port}`] })).toThrow(expect.objectContaining({ code: 'enroll_answer_unreadable' }))
})

test.each([
  ['10.0.0.1:9200', { host: '10.0.0.1', port: 9200 }],
  ['[::1]:65535', { host: '::1', port: 65_535 }],
  ['node.example', { host: 'node.example', port: 443 }],
  ['[::1]', { host: '::1', port: 443 }],
])('the address %s leads to its host and port, and to that of https where it names none', (address, peer) => {
  expect(peerOf(address)).toEqual(peer)
})

test('what is ours to say stays', () => {
  expect(whyUnconnected(new Unconnected('it refused the handshake of a node'))).toBe('it refused the handshake of a node')
})
