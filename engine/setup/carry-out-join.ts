import { setTimeout as wait } from 'node:timers/promises'
import type { ClusterView } from '../../shared/contract/cluster-view.ts'
import type { Installation } from '../../shared/contract/installation.ts'
import { asProblem, Problem, problem } from '../../shared/problems/problem.ts'
import { withoutTrailing } from '../../shared/without-trailing.ts'
import type { Cluster } from '../cluster/client.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import { viewCluster } from '../cluster/view.ts'
import { changeRecord } from '../plan/record.ts'
import { settle } from '../plan/settled.ts'
import { calledBy, endInFailure, startAndProve, writeFiles } from './carry-out.ts'
import type { JoinDraft } from './join-draft.ts'
import { newHandover, type Handover, type LiveSetup } from './live-setup.ts'
import { takeBackJoin } from './take-back-join.ts'

const listedWithinMs = 60_000

/**
 * The way through for a node that joins: key, files, start, and the cluster itself lists it. Ends in stage `handed-over`, since nobody has to be told a
 * password, or puts everything back and ends in `cancelled` or `failed`. Never rejects. `live` holds the lock on the home.
 */
export async function carryOutJoin(live: LiveSetup, draft: JoinDraft): Promise<void> {
  const { installation } = draft
  try {
    const made = await writeFiles(live, draft)
    live.handover = newHandover(draft.facts.url, calledBy(made), null)
    await endJoined(live, installation, { clusterName: draft.facts.clusterName, nodeName: draft.facts.nodeName, start: () => startAndProve(live, installation, null, draft.keystorePassword, { joins: true }) })
  } catch (thrown) {
    await endInFailure(live, installation, thrown, (home, cancelled) => takeBackJoin(home, cancelled, draft.keystorePassword))
  } finally {
    draft.keys.cancel()
  }
}

/** A node that the cluster is to list. */
export interface Joining {
  readonly clusterName: string
  readonly nodeName: string
  /** starts it, or waits for it where it runs already: it answers then */
  readonly start: () => Promise<void>
}

/**
 * Starts the node, waits until the cluster lists it (`withinMs`), and lets its set-up stand. Who asks the cluster stands in the file realm before the start: a node that runs
 * takes up to 5 s to see it. Problems: those of starting, `join_not_admitted`, those of `withFileRealmSuperuser`.
 */
export async function endJoined(live: LiveSetup, installation: Installation, { clusterName, nodeName, start }: Joining, withinMs = listedWithinMs): Promise<void> {
  const { signal } = live.controller
  const whereItAnswers = async (): Promise<string> => {
    await start()
    live.update({ stage: 'proving' })
    live.begin('joined')
    return handoverOf(live).url
  }
  const { tls } = handoverOf(live)
  const asked = { installation, url: whereItAnswers, tls, signal, masterWithinMs: withinMs }
  const joined = await withFileRealmSuperuser(asked, (cluster) => untilListed(cluster, { clusterName, nodeName, withinMs, signal })).catch((thrown: unknown) => {
    const told = asProblem(thrown, signal)
    throw told.code === 'cluster_unhealthy' || told.code === 'no_master' ? notAdmitted(clusterName, withinMs, told.message) : thrown
  })
  live.end('joined')
  await changeRecord(installation.config, { stage: 'handed-over', formedCluster: joined.uuid })
  await settle(installation.config)
  await live.unlock()
  live.update({ stage: 'handed-over', joined })
}

function handoverOf({ handover }: LiveSetup): Handover {
  if (handover === null) throw new Error('nothing to ask: the node has no address and CA yet')
  return handover
}

async function untilListed(cluster: Cluster, wanted: { clusterName: string; nodeName: string; withinMs: number; signal: AbortSignal }): Promise<ClusterView> {
  const { clusterName, nodeName, withinMs, signal } = wanted
  const deadline = Date.now() + withinMs
  for (;;) {
    const view = await viewCluster(cluster, signal).catch((thrown: unknown) => {
      if (thrown instanceof Problem && thrown.code === 'cluster_unhealthy') return thrown
      throw thrown
    })
    // A node that formed a cluster of its own would list itself as well, alone.
    if (!(view instanceof Problem) && view.nodes.length > 1 && view.nodes.some(({ name }) => name === nodeName)) return view
    if (signal.aborted) throw problem('cancelled', {})
    if (Date.now() > deadline) throw notAdmitted(clusterName, withinMs, view instanceof Problem ? view.message : 'the cluster does not list it.')
    await wait(250, undefined, { signal }).catch(() => undefined)
  }
}

function notAdmitted(cluster: string, withinMs: number, why: string): Problem {
  // What Elasticsearch says itself may end in anything.
  return problem('join_not_admitted', { cluster, seconds: withinMs / 1000, why: `${withoutTrailing(why, ' \t\r\n.;:,')}.` })
}
