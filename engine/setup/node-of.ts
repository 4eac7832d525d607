import type { Installation } from '../../shared/contract/installation.ts'
import type { NodeStatus } from '../../shared/contract/node.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { findNode } from '../node/find-node.ts'
import { stopNode } from '../node/stop.ts'
import { addressOf } from './address-of.ts'
import { portAnswers } from './port-answers.ts'

/** Whether the node of this home runs and answers, whoever started it. */
export async function nodeStatus(installation: Installation): Promise<NodeStatus> {
  const node = await findNode(installation)
  const { url, secured } = await addressOf(installation, node)
  const answering = node !== null && (await portAnswers(url))
  return { running: node !== null, node, url, secured, answering, sentence: sentenceOf(installation, node, url, answering), health: null }
}

/** Stops the node and says how things stand then. Problems: those of `stopNode`. */
export async function stopNodeOf(installation: Installation, signal: AbortSignal | undefined): Promise<NodeStatus> {
  const { pid, insisted, ms } = await stopNode({ installation, ...(signal === undefined ? {} : { signal }) })
  const status = await nodeStatus(installation)
  const how = insisted ? 'did not end when asked, and was ended' : 'was asked to stop, and did'
  return { ...status, sentence: `Process ${pid} ${how}, after ${(ms / 1000).toFixed(1)} s.` }
}

function sentenceOf({ version, home }: Installation, node: RunningNode | null, url: string, answering: boolean): string {
  if (node === null) return `No node of ${home} runs.`
  return `Elasticsearch ${version}, node "${node.name}", runs as process ${node.pid} and ${answering ? 'answers' : 'does not answer yet'} on ${url}.`
}
