import { generateKeyPair } from 'node:crypto'
import type { AddressInfo, Socket } from 'node:net'
import { createServer, type Server } from 'node:tls'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { makeNodeCertificates, toPem } from '../security/certificates.ts'
import type { ClusterIdentity } from '../security/enrolled-files.ts'
import { beginKeys, type NodeKeys } from '../security/keys.ts'
import { nodeIn, readHasMaster, readPeer, shakeHands } from './transport-peer.ts'
import { readMessage, requestMessage, vint, WireReader } from './transport-wire.ts'

// The answers of real nodes to `internal:transport/handshake`, byte for byte.
const answers = {
  '9.4.3':
    '4553000001f60000000000000002010086e7280000008d02175f787061636b5f61756469745f726571756573745f6964164d4f6c42466c68625368795f45316970487355446a771e5f787061636b5f73656375726974795f61757468656e7469636174696f6e3c714d36624241454858334e356333526c62516c6d61584a7a644735765a47554958313968644852685932674958313968644852685932674141415141008fe4a70428343566366130366231623434316234316665373131303539623837323030313331373365376338390b616c7068612d392e342e33164b566136756b545f54702d346d68666b5547676a4e6716707777596453337454584b764a3432474a4f6f4a4577093132372e302e302e31093132372e302e302e31047f000001093132372e302e302e3100004b64010f787061636b2e696e7374616c6c656404747275650b046461746101640109646174615f636f6c640163010c646174615f636f6e74656e740173010b646174615f66726f7a656e01660108646174615f686f7401680109646174615f7761726d01770106696e67657374016900066d6173746572016d00026d6c016c001572656d6f74655f636c75737465725f636c69656e74017200097472616e73666f726d0174008fe4a704e3a4e803a3a0ab03f086ab040b616c7068612d392e342e33096c61622d392e342e33',
  '8.16.6':
    '4553000001ed0000000000000002010081b3200000008d02175f787061636b5f61756469745f726571756573745f6964165666734a59493230536e5353716e6d376d52712d69411e5f787061636b5f73656375726974795f61757468656e7469636174696f6e3c6f4f61474241454858334e356333526c62516c6d61584a7a644735765a4755495831396864485268593267495831396864485268593267414141514100bb8bf20328326561626233326165653437656430633462613731633136396630393864303337393430326566650c616c7068612d382e31362e36162d665f596a693336523747754370453770425f59524116533478746e526c54517271304a4b4a484e3976557977093132372e302e302e31093132372e302e302e31047f000001093132372e302e302e310000477c010f787061636b2e696e7374616c6c656404747275650b046461746101640109646174615f636f6c640163010c646174615f636f6e74656e740173010b646174615f66726f7a656e01660108646174615f686f7401680109646174615f7761726d01770106696e67657374016900066d6173746572016d00026d6c016c001572656d6f74655f636c75737465725f636c69656e74017200097472616e73666f726d017400bb8bf2030c616c7068612d382e31362e360a6c61622d382e31362e36',
}

test.each(['9.4.3', '8.16.6'] as const)('a node of %s says its version, its name and its cluster', (version) => {
  const read = readMessage(Buffer.from(answers[version], 'hex'))
  if (read === null) throw new Error('the recorded answer is not whole')
  expect(read.message).toMatchObject({ id: 2, isError: false })
  expect(readPeer(read.message.body)).toEqual({ version, nodeName: `alpha-${version}`, clusterName: `lab-${version}` })
})

test.each(['9.4.3', '8.16.6'] as const)('the node itself is taken out of the answer of %s byte for byte', (version) => {
  const body = readMessage(Buffer.from(answers[version], 'hex'))?.message.body ?? new WireReader(Buffer.alloc(0))
  const node = nodeIn(body.fork())
  const whole = Buffer.from(answers[version], 'hex')
  const name = Buffer.from(`alpha-${version}`)
  expect(node?.subarray(1, 1 + name.length).toString()).toBe(`alpha-${version}`)
  expect(node?.toString('hex')).toBe(whole.subarray(whole.indexOf(name) - 1, -(`lab-${version}`.length + 1)).toString('hex'))
})

test.each([
  ['a master', [1, 5], false, true],
  ['none', [0, 0, 1], false, false],
  ['a refusal', [0], true, null],
  ['nothing', [], false, null],
  ['something else', [7], false, null],
] as const)('whether there is a master is read from an answer that holds %s', (_, bytes, isError, wanted) => {
  expect(readHasMaster({ id: 3, isError, headers: new Map(), body: new WireReader(Buffer.from(bytes)) })).toBe(wanted)
})

test('an answer that comes in pieces is waited for, and what is none of this layer is refused', () => {
  const whole = Buffer.from(answers['9.4.3'], 'hex')
  for (const length of [0, 5, 6, 100, whole.length - 1]) expect(readMessage(whole.subarray(0, length))).toBeNull()
  expect(() => readMessage(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))).toThrow('does not speak the transport protocol')
  expect(() => readMessage(Buffer.concat([Buffer.from('ES'), Buffer.alloc(4, 0x7f)]))).toThrow('does not speak')
})

test('a form of the node that is not known leaves the name of the cluster open, not the version', () => {
  const read = readMessage(Buffer.from(answers['9.4.3'], 'hex'))
  const body = read?.message.body.fork() ?? new WireReader(Buffer.alloc(0))
  const cut = new WireReader(body.take(body.left - 3))
  expect(readPeer(cut)).toMatchObject({ version: '9.4.3', nodeName: 'alpha-9.4.3', clusterName: null })
})

test('a request is framed as a node of its version frames it', () => {
  const handshake = requestMessage({ id: 1, version: 7_170_099, action: 'a', handshake: true, body: vint(300) })
  expect(handshake.toString('hex')).toBe('455300000018000000000000000108006d6833000000050000000161ac02')
  const later = requestMessage({ id: 1, version: 8_800_000, action: 'a', body: Buffer.alloc(0), headers: [['k', 'v']] })
  expect(later.subarray(23).toString('hex')).toBe('01016b0176000161')
})

test.each([
  ['closes', (socket: Socket) => void socket.destroy()],
  ['resets', (socket: Socket) => void socket.resetAndDestroy()],
])('a node of the other major, which %s a connection on a form it does not know, is asked in its own form', async (_, hangUp) => {
  const { keys, made, identity } = await clusterIdentity()
  const raw: Socket[] = []
  const forms: number[] = []
  const server = createServer({ key: keyOf(keys), cert: toPem(made.transport) }, (socket) => {
    const [connection] = raw.splice(0)
    socket.on('error', () => undefined)
    socket.on('data', (asked: Buffer) => {
      forms.push(asked.readInt32BE(15))
      if (forms.length === 1 && connection !== undefined) hangUp(connection)
      else socket.write(Buffer.from(answers['8.16.6'], 'hex'))
    })
  })
  server.on('connection', (socket: Socket) => raw.push(socket))
  const peer = await listening(server)
  expect(await shakeHands({ peer, identity, major: 9, signal: new AbortController().signal })).toMatchObject({ version: '8.16.6', nodeName: 'alpha-8.16.6' })
  expect(forms.slice(0, 2)).toEqual([8_800_000, 7_170_099])
})

test('somebody without a certificate of the cluster is told nothing', async () => {
  const [cluster, stranger] = await Promise.all([clusterIdentity(), clusterIdentity()])
  let heard = 0
  const server = createServer({ key: keyOf(stranger.keys), cert: toPem(stranger.made.transport) }, (socket) => void socket.on('error', () => undefined).on('data', () => (heard += 1)))
  server.on('tlsClientError', () => undefined)
  const peer = await listening(server)
  await expect(shakeHands({ peer, identity: cluster.identity, major: 9, signal: new AbortController().signal })).rejects.toThrow(/certificate/)
  expect(heard).toBe(0)
})

/** What the nodes of a cluster have in common; with the shortest keys that OpenSSL lets a server use. */
async function clusterIdentity() {
  const keys = await beginKeys({ make: () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 }) }).ready
  const made = await makeNodeCertificates({ keys, nodeName: 'alpha', names: ['localhost'], now: new Date() })
  const identity: ClusterIdentity = { httpCaKey: keys.httpCa.privateKey, httpCa: made.httpCa, transportKey: keys.transport.privateKey, transport: made.transport, transportCa: made.transportCa }
  return { keys, made, identity }
}

const keyOf = ({ transport }: NodeKeys): string => String(transport.privateKey.export({ type: 'pkcs8', format: 'pem' }))

async function listening(server: Server): Promise<{ host: string; port: number }> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())))
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}
