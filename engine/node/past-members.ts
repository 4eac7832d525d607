import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MiB } from '../../shared/sizes.ts'
import { eachInLog } from './log-backwards.ts'

/** As much of a log is read as a person would wait for. */
const lookedBackBytes = 64 * MiB
const text = /^.+\.log$/
const json = /_server\.json$/

/** A node that has joined the cluster at some time. */
export interface PastMember {
  readonly id: string
  readonly name: string
}

/**
 * The nodes that have joined the cluster of this node since `since` (ms since 1970), as its logs tell. Only a master writes that down; what was rotated into an
 * archive is not read.
 */
export async function pastMembers(logs: string, since: number): Promise<PastMember[]> {
  const found = new Map<string, PastMember>()
  for (const path of await serverLogs(logs)) {
    await eachInLog(
      path,
      ({ at, logger, message }) => {
        if (at < since - 1000) return false
        if (logger !== 'NodeJoinExecutor') return true
        for (const [, name = '', id = ''] of message.matchAll(/\{([^{}]+)\}\{([\w-]{22})\}\{[\w-]{22}\}/g)) if (!found.has(id)) found.set(id, { id, name })
        return true
      },
      lookedBackBytes,
    )
  }
  return [...found.values()]
}

/** The server's logs, in one of both layouts: each holds all of it. */
async function serverLogs(logs: string): Promise<string[]> {
  const names = await readdir(logs).catch(() => [])
  const layout = names.some((name) => json.test(name)) ? json : text
  const paths = names.filter((name) => layout.test(name) && !/_(?:deprecation|index_\w+_slowlog|audit)|^gc\./.test(name)).map((name) => join(logs, name))
  const times = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 })))
  return times.toSorted((a, b) => b.at - a.at).map(({ path }) => path)
}
