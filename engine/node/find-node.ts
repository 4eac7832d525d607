import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { isRoot } from '../plan/folder.ts'
import { processIdentity } from '../plan/process-identity.ts'
import { httpPortInLog } from './bound-port.ts'
import { lastInLog } from './log-backwards.ts'
import { newestLog } from './log-follow.ts'
import { readNodeRecord } from './node-record.ts'
import { accountOfProcess } from './process-table.ts'
import { nodeProcesses, type NodeProcess } from './server-processes.ts'

type Home = Pick<Installation, 'home' | 'config' | 'logs' | 'version'>

/**
 * The node of this home and config directory that runs now, whoever started it; null where none does. What we started is
 * known by its number and its start, so a reused number is never taken for it; else the processes are looked through: a launcher that
 * still prepares the server counts as the node.
 */
export async function findNode(installation: Home, platform: NodeJS.Platform = process.platform): Promise<RunningNode | null> {
  const record = await readNodeRecord(installation.config)
  if (record !== null && (await processIdentity(record.node.pid, { platform })) === record.identity && (await isBelieved(record, platform))) return record.node
  const processes = await nodeProcesses(installation, platform)
  const found = processes.find(({ role }) => role === 'server') ?? processes[0]
  return found === undefined ? null : describeNode(installation, found)
}

/** Root stops what is found here: a record that another account may have forged names no process but that account's own. */
async function isBelieved({ node, writer }: { node: RunningNode; writer: number }, platform: NodeJS.Platform): Promise<boolean> {
  return !isRoot() || writer === 0 || (await accountOfProcess(node.pid, platform)) === writer
}

/** What can be said of a server that was found by its process. */
export async function describeNode({ logs, version }: Home, server: NodeProcess): Promise<RunningNode> {
  const logFile = (await newestLog(logs)) ?? join(logs, 'elasticsearch.log')
  const name = await lastInLog(logFile, (event) => event.node)
  const httpPort = await httpPortInLog(logFile, server.startedAt)
  return { pid: server.pid, name: name ?? hostname(), version, startedAt: server.startedAt, httpPort, logFile }
}
