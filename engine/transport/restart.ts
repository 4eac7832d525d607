import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withCluster } from '../cluster/client.ts'
import { readHealth, type ClusterHealth } from '../cluster/health.ts'
import { waitUntilAnswering } from '../cluster/wait-until-answering.ts'
import { startNode } from '../node/start.ts'
import { addressOf } from '../setup/address-of.ts'
import { untilPortAnswers } from '../setup/run-node.ts'
import { wayToStart, type WayToStart } from '../setup/way-to-start.ts'
import { environmentAgain } from './environment-again.ts'

/** What a node that ran before is started again with, and how it is seen that it is the same. */
export interface Restart {
  readonly installation: Installation
  readonly way: WayToStart
  readonly keystorePassword: Secret | null
  /** of the elastic user, where somebody has it: then the health is read as well */
  readonly password: Secret | null
  /** the environment it is started in */
  readonly env: NodeJS.ProcessEnv
  /** before it was stopped; null where nobody could ask, or it did not answer */
  readonly health: ClusterHealth | null
}

const healthWithinMs = 5000
const worse = ['green', 'yellow', 'red']

/** Looks at a node that runs, before it is stopped. Problems: those of `wayToStart`. */
export async function planRestart(installation: Installation, running: RunningNode, given: Pick<Restart, 'keystorePassword' | 'password'>): Promise<Restart> {
  const way = await wayToStart(installation, given.keystorePassword)
  const env = await environmentAgain(installation, running)
  const health = await healthBy(installation, way, given.password)
  return { installation, way, ...given, env, health }
}

/**
 * Starts it and waits until it answers by TLS with its own CA, and its health is no worse than before, for as long as there is patience. Gives the node. Problems: those of
 * `startNode` and `waitUntilAnswering`.
 */
export async function startAgain(restart: Restart, signal: AbortSignal | undefined, onText: (text: string) => void): Promise<{ node: RunningNode; health: ClusterHealth | null }> {
  const { installation, way, keystorePassword, password, env } = restart
  onText('Starting the node')
  const started = await startNode({ installation, env, ...(keystorePassword === null ? {} : { keystorePassword }), ...(signal === undefined ? {} : { signal }) })
  try {
    onText('Waiting for its answer')
    const { url } = await addressOf(installation, started.node)
    if (way.kind === 'as-is') await untilPortAnswers(installation, started, signal ?? new AbortController().signal)
    else await waitUntilAnswering({ url, ...way.handover.tls, password, ...(signal === undefined ? {} : { signal }), died: () => started.died() })
    return { node: started.node, health: await healthAsBefore(restart, signal) }
  } finally {
    void started.letGo()
  }
}

async function healthAsBefore({ installation, way, password, health }: Restart, signal: AbortSignal | undefined): Promise<ClusterHealth | null> {
  const patience = Date.now() + 30_000
  for (;;) {
    const now = await healthBy(installation, way, password)
    if (health === null || (now !== null && worse.indexOf(now.status) <= worse.indexOf(health.status))) return now
    if (Date.now() > patience || signal?.aborted === true) return now
    await new Promise((again) => setTimeout(again, 300))
  }
}

/** Null where nobody can ask, or it does not tell. */
async function healthBy(installation: Installation, way: WayToStart, password: Secret | null): Promise<ClusterHealth | null> {
  if (password === null || way.kind === 'as-is') return null
  try {
    const { url } = await addressOf(installation)
    return await withCluster({ url, ...way.handover.tls, auth: { user: 'elastic', password } }, (cluster) => readHealth(cluster, AbortSignal.timeout(healthWithinMs)))
  } catch (thrown) {
    if (thrown instanceof Problem) return null
    throw thrown
  }
}
