import type { Installation } from '../../shared/contract/installation.ts'
import type { NodeStatus } from '../../shared/contract/node.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withCluster } from '../cluster/client.ts'
import { readHealth } from '../cluster/health.ts'
import { hasMaster } from '../cluster/writable.ts'
import { openTls, peerOf } from '../enroll/tls-socket.ts'
import { findNode } from '../node/find-node.ts'
import { followsMaster } from '../node/master-in-log.ts'
import { stopNode } from '../node/stop.ts'
import { readCalledNode } from '../security/http-ca.ts'
import { addressOf } from './address-of.ts'
import { portAnswers } from './port-answers.ts'

const healthWithinMs = 5000

/** Whether the node of this home runs and answers, whoever started it; with the password of the elastic user also how its cluster is. */
export async function nodeStatus(installation: Installation, password: Secret | null = null): Promise<NodeStatus> {
  const node = await findNode(installation)
  const { url, secured } = await addressOf(installation, node)
  const answering = node !== null && (await portAnswers(url))
  const seen = answering && secured && password !== null ? await seenWith(installation, url, password) : null
  const master = seen?.master ?? (node === null ? null : await followsMaster(node.logFile, node.startedAt))
  const sentence = `${sentenceOf(installation, node, url, answering)}${answering && master === false ? ' Its cluster has no master.' : ''}`
  const certificateValidUntil = answering && secured ? await shownUntil(url) : null
  const unfinished = installation.unfinished === undefined ? {} : { unfinished: installation.unfinished }
  return { running: node !== null, node, url, secured, answering, sentence, health: seen?.health ?? null, master, certificateValidUntil, ...unfinished }
}

/** When the certificate at this address ends, whoever signed it; null where none is shown. */
async function shownUntil(url: string): Promise<number | null> {
  try {
    const socket = await openTls({ peer: peerOf(new URL(url).host), caPem: null, signal: AbortSignal.timeout(healthWithinMs), withinMs: healthWithinMs })
    const until = Date.parse(socket.getPeerCertificate().valid_to)
    socket.destroy()
    return Number.isNaN(until) ? null : until
  } catch {
    return null
  }
}

/** Null where it does not tell: a status is asked for when things go wrong as well. */
async function seenWith(installation: Installation, url: string, password: Secret): Promise<{ health: string | null; master: boolean } | null> {
  try {
    const { tls } = await readCalledNode({ installation })
    const signal = AbortSignal.timeout(healthWithinMs)
    return await withCluster({ url, ...tls, auth: { user: 'elastic', password } }, async (cluster) => {
      const master = await hasMaster(cluster, signal)
      return { master, health: master ? (await readHealth(cluster, signal)).status : null }
    })
  } catch (thrown) {
    if (thrown instanceof Problem) return null
    throw thrown
  }
}

/** Stops the node and says how things stand then. Problems: those of `stopNode`. */
export async function stopNodeOf(installation: Installation, signal: AbortSignal | undefined): Promise<NodeStatus> {
  const { pid, insisted, unasked, ms } = await stopNode({ installation, ...(signal === undefined ? {} : { signal }) })
  const status = await nodeStatus(installation)
  const how = unasked ? 'was started without a launcher, so that Windows has no way to ask it, and was ended' : insisted ? 'did not end when asked, and was ended' : 'was asked to stop, and did'
  return { ...status, sentence: `Process ${pid} ${how}, after ${(ms / 1000).toFixed(1)} s.` }
}

function sentenceOf({ version, home }: Installation, node: RunningNode | null, url: string, answering: boolean): string {
  if (node === null) return `No node of ${home} runs.`
  return `Elasticsearch ${version}, node "${node.name}", runs as process ${node.pid} and ${answering ? 'answers' : 'does not answer yet'} on ${url}.`
}
