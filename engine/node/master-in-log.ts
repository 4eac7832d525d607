import { MiB } from '../../shared/sizes.ts'
import { lastInLog } from './log-backwards.ts'
import type { LogEvent } from './log-event.ts'

/** A node without a master writes of it every 10 s; one that has one may have written a lot since it found it. */
const lookedBackBytes = 16 * MiB

/** Whether the node follows a master, as the newest words of its log on that say (`since`: its start, ms since 1970); null where there are none. */
export function followsMaster(path: string, since: number | null): Promise<boolean | null> {
  return lastInLog(path, (event) => (since !== null && event.at < since - 1000 ? null : toldBy(event)), lookedBackBytes)
}

function toldBy({ logger, message }: LogEvent): boolean | null {
  if (logger === 'ClusterFormationFailureHelper' && message.startsWith('master not discovered')) return false
  if (logger !== 'ClusterApplierService') return null
  const [, current] = /^master node changed \{previous \[.*?\], current \[(.*?)\]/.exec(message) ?? []
  return current === undefined ? null : current !== ''
}
