import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { newestLog } from './log-follow.ts'

/** What the launcher and the JVM print, made anew for each start (see console-files.ts). */
export const consoleNames = { out: 'firstnode-start.out', err: 'firstnode-start.err' } as const

/**
 * The file that tells most of the last start in this logs folder: the server's log, if it was written since that start began, else what was printed
 * instead (a Java that did not come up has written no log). Null where there is none.
 */
export async function logOfStart(logs: string): Promise<string | null> {
  const out = await lookAt(join(logs, consoleNames.out))
  const err = await lookAt(join(logs, consoleNames.err))
  const server = await newestLog(logs)
  const written = server === null ? null : await lookAt(server)
  const began = out?.birthtimeMs ?? 0
  if (server !== null && written !== null && written.mtimeMs >= began) return server
  if (err !== null && err.size > 0) return join(logs, consoleNames.err)
  return out !== null && out.size > 0 ? join(logs, consoleNames.out) : server
}

function lookAt(path: string): Promise<{ size: number; mtimeMs: number; birthtimeMs: number } | null> {
  return stat(path).catch(() => null)
}
