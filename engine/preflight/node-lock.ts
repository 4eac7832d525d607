import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The pid that holds `node.lock` of a data directory (Lucene's NativeFSLockFactory: a POSIX lock), from /proc/locks; null
 * where nobody holds it. Other systems do not tell who holds a lock: there null.
 */
export async function lockHolder(dataFolder: string, platform: NodeJS.Platform, proc = '/proc'): Promise<number | null> {
  if (platform !== 'linux') return null
  const file = await stat(join(dataFolder, 'node.lock')).catch(() => null)
  if (file === null) return null
  const locks = await readFile(join(proc, 'locks'), 'utf8').catch(() => '')
  return holderOf(locks, file.dev, file.ino)
}

/** Finds the inode in the text of /proc/locks: `1: POSIX  ADVISORY  WRITE 4711 fe:01:131 0 EOF`, device numbers in hex. */
export function holderOf(locks: string, dev: number, inode: number): number | null {
  const major = ((dev >> 8) & 0xfff).toString(16).padStart(2, '0')
  const minor = ((dev & 0xff) | ((dev >> 12) & 0xfff00)).toString(16).padStart(2, '0')
  const wanted = `${major}:${minor}:${inode}`
  for (const line of locks.split('\n')) {
    const words = line.trim().split(/\s+/)
    const at = words.indexOf(wanted)
    if (at > 0) return Number(words[at - 1])
  }
  return null
}
