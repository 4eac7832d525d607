import { constants, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'

/** At most this many bytes of a file are read at once, and a longer line is cut there. */
const chunkBytes = 256 * 1024
const lineCap = 64 * 1024

/** A file that grows, read line by line. It may not be there yet, and may be renamed away and begun anew (rotation). */
export interface FollowedFile {
  readonly path: string
  /** the whole lines that came since the last call, oldest first; at most one chunk's worth */
  read(): Promise<string[]>
  /** the last line, if it has no end yet */
  rest(): string | null
  /** bytes read since the beginning of following */
  readonly grown: number
}

/** Follows `path` from `offset` bytes on (those were there before and are nobody's business now). */
export function followFile(path: string, offset: number, inode: number | null): FollowedFile {
  let position = offset
  let known = inode
  let decoder = new StringDecoder('utf8')
  let partial = ''
  let grown = 0

  async function read(): Promise<string[]> {
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => null)
    if (handle === null) return []
    try {
      const stats = await handle.stat()
      if (!stats.isFile()) return []
      const anew = (known !== null && stats.ino !== known) || stats.size < position
      known = stats.ino
      if (anew) {
        position = 0
        decoder = new StringDecoder('utf8')
      }
      const lines = anew && partial !== '' ? [partial] : []
      if (anew) partial = ''
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(chunkBytes, Math.max(0, stats.size - position))), { position })
      position += bytesRead
      grown += bytesRead
      const parts = (partial + decoder.write(buffer.subarray(0, bytesRead))).split('\n')
      partial = (parts.pop() ?? '').slice(0, lineCap)
      return [...lines, ...parts.map((line) => line.slice(0, lineCap).replace(/\r$/, ''))]
    } finally {
      await handle.close()
    }
  }

  return {
    path,
    read,
    rest: () => (partial === '' ? null : partial),
    get grown() {
      return grown
    },
  }
}

/** The server's logs in a folder, by layout. */
export interface ServerLogs {
  /** those that grew since `before`; the JSON one first, which keeps a stack trace with its event */
  grown(): Promise<{ path: string; offset: number; inode: number | null; json: boolean } | null>
}

/**
 * Remembers how long the server logs in `folder` are before a start. The one that grows after it is the node's: its name
 * holds the cluster's, which may come from the environment. Where log4j2.properties was changed only one layout may be there.
 */
export async function logsBefore(folder: string): Promise<ServerLogs> {
  const before = new Map((await serverLogs(folder)).map((one) => [one.path, one]))
  return {
    async grown() {
      const now = (await serverLogs(folder)).filter(({ path, inode, size }) => {
        const then = before.get(path)
        return size > 0 && (then === undefined || then.inode !== inode || size > then.size)
      })
      const chosen = now.find(({ json }) => json) ?? now[0]
      if (chosen === undefined) return null
      const then = before.get(chosen.path)
      const rotated = then !== undefined && then.inode !== chosen.inode
      return { path: chosen.path, offset: rotated ? 0 : (then?.size ?? 0), inode: chosen.inode, json: chosen.json }
    },
  }
}

/** The server log in `folder` that was written last; null where there is none. */
export async function newestLog(folder: string): Promise<string | null> {
  const logs = (await serverLogs(folder)).toSorted((a, b) => Number(b.json) - Number(a.json) || b.modified - a.modified)
  return logs[0]?.path ?? null
}

const notServer = /_(deprecation|audit|querylog|esql_querylog|index_\w*slowlog)\.json$|^gc\.log|^firstnode-/

async function serverLogs(folder: string): Promise<{ path: string; size: number; inode: number; modified: number; json: boolean }[]> {
  const names = await readdir(folder).catch(() => [])
  const found = names.filter((name) => (name.endsWith('_server.json') || name.endsWith('.log')) && !notServer.test(name))
  const logs = await Promise.all(
    found.map(async (name) => {
      const path = join(folder, name)
      const stats = await stat(path).catch(() => null)
      return stats?.isFile() ? { path, size: stats.size, inode: stats.ino, modified: stats.mtimeMs, json: name.endsWith('.json') } : null
    }),
  )
  return logs.filter((log) => log !== null)
}
