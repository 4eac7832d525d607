import { z } from 'zod'
import type { Installation } from '../../shared/contract/installation.ts'
import type { Cluster } from '../cluster/client.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import { readOwnId } from '../cluster/members.ts'
import { presentedCa } from '../enroll/presented-ca.ts'
import { openTls, peerOf } from '../enroll/tls-socket.ts'
import { readCalledNode } from '../security/http-ca.ts'
import { addressOf } from '../setup/address-of.ts'

/** Another node of the cluster: the CA certificate it shows to clients, or `unknown` where it shows none in time. */
export interface OtherNode {
  readonly name: string
  /** its HTTP publish address; empty where it publishes none */
  readonly address: string
  readonly shows: 'old' | 'new' | 'unknown'
}

const handshakeWithinMs = 5000
const publishing = z.object({
  nodes: z.record(
    z.string(),
    z.object({ name: z.string(), http: z.object({ publish_address: z.string() }).optional() }),
  ),
})

/**
 * The other nodes of the cluster that this running node is in, by name, after the CA certificate was issued again.
 * Asks the cluster as a temporary superuser. The caller holds the lock of the home, and has settled its plan.
 * Problems: those of `readCalledNode` and `withFileRealmSuperuser`.
 */
export async function otherNodes(
  installation: Installation,
  newFingerprint: string,
  signal: AbortSignal,
): Promise<OtherNode[]> {
  const [{ url }, { tls }] = await Promise.all([
    addressOf(installation),
    readCalledNode({ installation, keystorePassword: null }),
  ])
  const asked = { installation, url, tls, signal }
  const others = await withFileRealmSuperuser(asked, (cluster) => readOthers(cluster, signal))
  return lookAtNodes(others, newFingerprint, signal)
}

async function readOthers(cluster: Cluster, signal: AbortSignal): Promise<Omit<OtherNode, 'shows'>[]> {
  const own = await readOwnId(cluster, signal)
  const answer = await cluster.request({ method: 'GET', path: '/_nodes/http', query: { timeout: '10s' } }, signal)
  return Object.entries(publishing.parse(answer).nodes)
    .filter(([id]) => id !== own)
    .map(([, { name, http }]) => ({ name, address: addressIn(http?.publish_address ?? '') }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** `host:port`: Elasticsearch writes `name/address:port` where a name was configured. */
export function addressIn(published: string): string {
  const [name = '', address] = published.split('/')
  return address ?? name
}

/** Shakes hands with all of them at once, each for five seconds at most. */
export async function lookAtNodes(
  nodes: readonly Omit<OtherNode, 'shows'>[],
  newFingerprint: string,
  signal: AbortSignal,
): Promise<OtherNode[]> {
  return Promise.all(
    nodes.map(async (node) => ({ ...node, shows: await shownAt(node.address, newFingerprint, signal) })),
  )
}

/** By what it sends beside its own certificate: old and new CA certificates have the same key and name. */
async function shownAt(address: string, newFingerprint: string, signal: AbortSignal): Promise<OtherNode['shows']> {
  if (address === '') return 'unknown'
  try {
    const socket = await openTls({ peer: peerOf(address), caPem: null, signal, withinMs: handshakeWithinMs })
    const seen = presentedCa(socket, newFingerprint)
    socket.destroy()
    if ('caPem' in seen) return 'new'
    // A node that sends its own certificate alone does not say which CA certificate is above it.
    return seen.fingerprints.length > 1 ? 'old' : 'unknown'
  } catch {
    return 'unknown'
  }
}
