import { setTimeout as wait } from 'node:timers/promises'
import { problem } from '../../shared/problems/problem.ts'
import { isThisMachine, type Interfaces } from '../network/interfaces.ts'
import { isLoopback } from '../network/loopback.ts'
import type { EnrollAnswer } from './cluster-identity.ts'
import { peerOf } from './tls-socket.ts'
import { whyUnconnected } from '../network/why-unconnected.ts'
import { shakeHands, type TransportPeer } from './transport-peer.ts'

const askedEveryMs = 500
/** Addresses that are tried at once; an answer may name any number of them. */
const atOnce = 32

/** The cluster as a node that will join it finds it. */
export interface ReachedCluster {
  /** null where no node says it in a form that is known here */
  readonly clusterName: string | null
  readonly nodes: readonly (TransportPeer & { readonly address: string })[]
  /** one of its nodes is on another machine */
  readonly remote: boolean
}

/**
 * Reaches every node of the cluster on its transport address, before anything is written: a node that cannot would log "master not discovered yet" for
 * ever. `url` and `ip`: where HTTP answered, and who that was (a token may name a host, this one among them). Problems: `join_transport_local` (transport there is bound to localhost, and there is elsewhere), `join_transport_unreachable`, `join_no_master`, `cancelled`.
 */
export async function reachCluster(asked: {
  readonly answer: EnrollAnswer
  readonly url: string
  readonly ip: string
  readonly major: number
  readonly signal: AbortSignal
  readonly interfaces?: Interfaces
  /** how long an election is waited for, in ms */
  readonly masterWithinMs?: number
  /** for all of it, in ms */
  readonly withinMs?: number
}): Promise<ReachedCluster> {
  const { answer, url, ip, major, signal, interfaces, masterWithinMs = 5000, withinMs = 60_000 } = asked
  const addresses = [...new Set(answer.nodesAddresses)]
  const local = addresses.filter((address) => isLoopback(peerOf(address).host))
  if (local.length > 0 && !isThisMachine(ip, interfaces)) throw problem('join_transport_local', { addresses: local, host: new URL(url).hostname.replace(/^\[(.*)\]$/, '$1') })
  const timeout = AbortSignal.timeout(withinMs)
  const how = { identity: answer.identity, major, signal: AbortSignal.any([signal, timeout]) }
  const reachAll = async (): Promise<Reached[]> => {
    const all: Reached[] = []
    for (let from = 0; from < addresses.length; from += atOnce) {
      all.push(...(await Promise.all(addresses.slice(from, from + atOnce).map((address) => reach(address, how)))))
    }
    return all
  }
  const deadline = Date.now() + masterWithinMs
  let reached = await reachAll()
  while (isWithoutMaster(reached) && Date.now() < deadline && !how.signal.aborted) {
    await wait(askedEveryMs, undefined, { signal }).catch(() => undefined)
    reached = await reachAll()
  }
  if (signal.aborted) throw problem('cancelled', {})
  const failed = reached.flatMap((one) => ('why' in one ? [`${one.address} (${one.why})`] : []))
  if (failed.length > 0) throw problem('join_transport_unreachable', { failed })
  if (isWithoutMaster(reached)) throw problem('join_no_master', {})
  const nodes = reached.flatMap((one) => ('peer' in one ? [{ ...one.peer, address: one.address }] : []))
  return {
    clusterName: nodes.find(({ clusterName }) => clusterName !== null)?.clusterName ?? null,
    nodes,
    remote: addresses.some((address) => !isThisMachine(peerOf(address).host, interfaces)),
  }
}

type Reached = { readonly address: string; readonly peer: TransportPeer } | { readonly address: string; readonly why: string }

/** Whether every node that was reached says that it follows none. */
function isWithoutMaster(reached: readonly Reached[]): boolean {
  const peers = reached.flatMap((one) => ('peer' in one ? [one.peer] : []))
  return peers.length > 0 && peers.every(({ hasMaster }) => hasMaster === false)
}

async function reach(address: string, how: { identity: EnrollAnswer['identity']; major: number; signal: AbortSignal }): Promise<Reached> {
  try {
    return { address, peer: await shakeHands({ ...how, peer: peerOf(address) }) }
  } catch (thrown) {
    return { address, why: how.signal.aborted ? 'no answer in time' : whyUnconnected(thrown) }
  }
}
