import { MiB } from '../../../shared/sizes.ts'
import { blocks, passed } from '../check.ts'
import { eachInLog } from '../../node/log-backwards.ts'
import type { LogEvent } from '../../node/log-event.ts'
import type { BootstrapRule } from './foreseen.ts'

/** A node that runs for months has its start far back in its log. */
const lookedBackBytes = 16 * MiB

/** What is looked at anew here, since it may have changed since that start. */
const lookedAt =
  /vm\.max_map_count|max file descriptors|max number of threads|max size virtual memory|max file size|memory locking requested|initial heap size|serial collector|OnError|OnOutOfMemoryError|early-access|default discovery settings|Transport SSL must be enabled/

/** Checks that were only warnings at the last start, for what nobody can look at from outside: system call filters, permissions, plugins. */
export const warnedOf: BootstrapRule = {
  id: 'warned',
  title: 'What the last start warned of',
  run: ({ warned }) => {
    const others = warned.filter((message) => !lookedAt.test(message))
    if (others.length === 0) return passed('No bootstrap check beside those here.')
    return blocks(`At its last start Elasticsearch warned: ${others.join('; ')}.`, 'Change what it names, and start the node once more as it is: the warning must be gone from its log.')
  },
}

/** The bootstrap checks that failed at the last start in this log, and were only warnings, since transport was bound to localhost. */
export async function warnedAtLastStart(log: string): Promise<string[]> {
  const warned: string[] = []
  await eachInLog(
    log,
    (event) => {
      if (isStart(event)) return false
      if (event.level === 'WARN' && event.logger === 'BootstrapChecks') warned.unshift(event.message.replace(/; for more information see .*/, ''))
      return true
    },
    lookedBackBytes,
  )
  return warned
}

function isStart({ logger, message }: LogEvent): boolean {
  return message.startsWith('version[') && (logger === 'Node' || logger === 'Elasticsearch')
}
