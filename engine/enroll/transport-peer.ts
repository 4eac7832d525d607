import type { TLSSocket } from 'node:tls'
import { Secret } from '../../shared/secret.ts'
import type { ClusterIdentity } from '../security/enrolled-files.ts'
import { toPem } from '../security/certificates.ts'
import { timedOut } from '../network/within.ts'
import { Unconnected } from '../network/why-unconnected.ts'
import { openTls, type Peer } from './tls-socket.ts'
import { readMessage, requestMessage, vint, WireReader, wireString, type TransportMessage } from './transport-wire.ts'

/** What a node of the cluster says of itself on its transport layer. */
export interface TransportPeer {
  /** 9.4.3 */
  readonly version: string
  readonly nodeName: string
  /** null where its answer has a form that is not known here */
  readonly clusterName: string | null
  /** whether it follows a master; null where it does not tell */
  readonly hasMaster: boolean | null
}

/** The forms of the first handshake: what 8 asks with, and 9 (TransportHandshaker). A node hangs up on one it does not know. */
const dialects = {
  8: { version: 7_170_099, claims: 8_500_000, release: null },
  9: { version: 8_800_000, claims: 8_841_000, release: '8.19.0' },
} as const
type Major = keyof typeof dialects

const connectWithinMs = 5000
const answerWithinMs = 10_000

/**
 * Shakes hands with a node on its transport address as a node does that joins: TLS with the cluster's transport certificate, then
 * `internal:tcp/handshake`, `internal:transport/handshake`, and `internal:discovery/request_peers`, which tells whether it follows a master. Nothing is changed by that. `major`: of the own home, whose form is tried first.
 * Rejects with Node's own errors, or one that says what is not as it should be.
 */
export async function shakeHands(asked: { readonly peer: Peer; readonly identity: ClusterIdentity; readonly major: number; readonly signal: AbortSignal }): Promise<TransportPeer> {
  const [first, second]: readonly Major[] = asked.major >= 9 ? [9, 8] : [8, 9]
  try {
    return await speak(asked, first ?? 9)
  } catch (thrown) {
    if (!(thrown instanceof HungUp)) throw thrown
    return speak(asked, second ?? 8)
  }
}

class HungUp extends Unconnected {}
const hungUp = (): HungUp => new HungUp('it hangs up on the handshake of a node')

async function speak(asked: { readonly peer: Peer; readonly identity: ClusterIdentity; readonly signal: AbortSignal }, major: Major): Promise<TransportPeer> {
  const { peer, identity, signal } = asked
  const socket = await openTls({
    peer,
    caPem: toPem(identity.transportCa),
    own: { key: new Secret(String(identity.transportKey.export({ type: 'pkcs8', format: 'pem' }))), cert: toPem(identity.transport) },
    signal,
    withinMs: connectWithinMs,
  })
  try {
    const { version, claims, release } = dialects[major]
    const claim = Buffer.concat([vint(claims), ...(release === null ? [] : [wireString(release)])])
    await exchange(socket, requestMessage({ id: 1, version, action: 'internal:tcp/handshake', handshake: true, body: Buffer.concat([vint(0), vint(claim.length), claim]) }), signal)
    const headers = [['_xpack_security_authentication', asSystem(claims)]] as const
    const ask = (id: number, action: string, asked: Buffer): Promise<TransportMessage> => exchange(socket, requestMessage({ id, version: claims, headers, action, body: asked }), signal)
    const { isError, body } = await ask(2, 'internal:transport/handshake', vint(0))
    if (isError) throw new Unconnected('it refused the handshake of a node')
    const node = nodeIn(body.fork())
    const hasMaster = node === null ? null : readHasMaster(await ask(3, 'internal:discovery/request_peers', Buffer.concat([vint(0), node, vint(0)])).catch(() => null))
    return { ...readPeer(body), hasMaster }
  } finally {
    socket.destroy()
  }
}

/** Nodes talk to each other as the user `_system` (Authentication, AuthenticationSerializationHelper); the certificate is what lets them. */
function asSystem(version: number): string {
  const attached = wireString('__attach')
  return Buffer.concat([vint(version), Buffer.from([1]), wireString('_system'), wireString('firstnode'), attached, attached, Buffer.from([0, 0]), vint(4), vint(0)]).toString('base64')
}

function exchange(socket: TLSSocket, message: Buffer, signal: AbortSignal): Promise<TransportMessage> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const settle = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      for (const [event, listener] of listeners) socket.off(event, listener)
    }
    const fail = (reason: unknown): void => {
      settle()
      reject(reason instanceof Error ? reason : new Error(String(reason)))
    }
    const giveUp = (): void => fail(signal.reason)
    const take = (bytes: Buffer): void => {
      received = Buffer.concat([received, bytes])
      try {
        const read = readMessage(received)
        if (read === null) return
        settle()
        resolve(read.message)
      } catch (thrown) {
        fail(thrown)
      }
    }
    const timer = setTimeout(() => fail(timedOut()), answerWithinMs)
    const listeners = [
      ['data', take],
      // One that closes while something is unread resets the connection.
      ['error', (reason: NodeJS.ErrnoException) => fail(reason.code === 'ECONNRESET' || reason.code === 'EPIPE' ? hungUp() : reason)],
      ['close', () => fail(hungUp())],
    ] as const
    for (const [event, listener] of listeners) socket.on(event, listener as (...args: unknown[]) => void)
    signal.addEventListener('abort', giveUp, { once: true })
    socket.write(message)
  })
}

/** TransportService.HandshakeResponse as an answer holds it: version, build, the node, the name of the cluster. */
export function readPeer(body: WireReader): Omit<TransportPeer, 'hasMaster'> {
  const version = versionText(body.vint())
  body.string()
  const nodeName = body.string()
  return { version, nodeName, clusterName: clusterNameIn(body) }
}

/**
 * The node itself in such an answer (DiscoveryNode), as it wrote it; null where its form is not known. It is asked for its peers in its own name: a node that looks for a master
 * would try to reach whoever asks, but never itself.
 */
export function nodeIn(body: WireReader): Buffer | null {
  body.vint()
  body.string()
  const clusterName = readPeerName(body.fork())
  return clusterName === null ? null : body.take(body.left - wireString(clusterName).length)
}

function readPeerName(node: WireReader): string | null {
  node.string()
  return clusterNameIn(node)
}

/** PeersResponse: whether there is a master, then that node, further peers and the term. */
export function readHasMaster(answer: TransportMessage | null): boolean | null {
  if (answer === null || answer.isError || answer.body.left === 0) return null
  const first = answer.body.fork().byte()
  return first > 1 ? null : first === 1
}

/** An id of 8160699 is 8.16.6. */
function versionText(id: number): string {
  return [Math.floor(id / 1_000_000), Math.floor(id / 10_000) % 100, Math.floor(id / 100) % 100].join('.')
}

/** The rest of a DiscoveryNode, whose end differs from version to version in how many numbers stand there, and after it the name of the cluster, which ends the message. */
function clusterNameIn(body: WireReader): string | null {
  try {
    for (const _ of ['id', 'ephemeral id', 'host name', 'host address']) body.string()
    body.take(body.byte())
    body.string()
    body.take(4)
    for (let attributes = body.vint(); attributes > 0; attributes -= 1) {
      body.string()
      body.string()
    }
    for (let roles = body.vint(); roles > 0; roles -= 1) {
      body.string()
      body.string()
      body.byte()
    }
    for (let numbers = 0; numbers < 8; numbers += 1) {
      const name = lastOfTwo(body.fork())
      if (name !== null) return name
      body.vint()
    }
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
  }
  return null
}

/** The second of two texts that end the message; null where they do not. */
function lastOfTwo(rest: WireReader): string | null {
  try {
    rest.string()
    const last = rest.string()
    return rest.left === 0 && last !== '' ? last : null
  } catch (thrown) {
    if (thrown instanceof RangeError) return null
    throw thrown
  }
}
