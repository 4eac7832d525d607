import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { processIdentity } from '../plan/process-identity.ts'

/** Who holds a lock: the process, told apart from a later one of the same number by its identity. */
export interface LockHolder {
  readonly pid: number
  readonly identity: string
  readonly key: string
}

export interface LockOptions {
  readonly signal: AbortSignal
  readonly onWait?: (holder: LockHolder) => void | Promise<void>
}

/**
 * Does `work` while no other process (and no other call of this one) holds the lock file at `path`. A lock of a dead
 * process is taken over. `onWait` is called again and again, with the holder, while it has to wait. `work` may end the lock early by `release`.
 */
export async function withFileLock<T>(
  path: string,
  options: LockOptions,
  work: (release: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const own: LockHolder = { pid: process.pid, identity: (await processIdentity(process.pid)) ?? '', key: randomUUID() }
  await acquire(path, own, options)
  const release = async (): Promise<void> => {
    if ((await holderOf(path))?.key === own.key) await rm(path, { force: true })
  }
  try {
    return await work(release)
  } finally {
    await release()
  }
}

async function acquire(path: string, own: LockHolder, options: LockOptions): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  while (!(await take(path, own))) {
    options.signal.throwIfAborted()
    const holder = await holderOf(path)
    if (holder === null ? await isLeftOver(path) : (await processIdentity(holder.pid)) !== holder.identity) await clear(path, holder)
    else {
      if (holder !== null) await options.onWait?.(holder)
      await pause(100, undefined, { signal: options.signal })
    }
  }
}

/** Creates the file with its content at once, so that nobody reads half a lock. */
async function take(path: string, own: LockHolder): Promise<boolean> {
  const draft = `${path}.${own.key}`
  await writeFile(draft, JSON.stringify(own), { mode: 0o644 })
  try {
    await link(draft, path)
    return true
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw thrown
    // A file system without hard links: exclusive creation is as good, but for readers who come in between.
    return await writeFile(path, JSON.stringify(own), { flag: 'wx', mode: 0o644 }).then(() => true, (again: NodeJS.ErrnoException) => {
      if (again.code === 'EEXIST') return false
      throw again
    })
  } finally {
    await rm(draft, { force: true })
  }
}

async function holderOf(path: string): Promise<LockHolder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LockHolder
  } catch {
    return null
  }
}

/** A lock that says nobody (torn by a full disk) is nobody's after a few seconds. */
async function isLeftOver(path: string): Promise<boolean> {
  return stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs > 5000, () => false)
}

/** Takes a dead lock away: moved first and looked at again, because another process may have just taken its place. */
async function clear(path: string, dead: LockHolder | null): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  if (!(await rename(path, aside).then(() => true, () => false))) return
  const moved = await holderOf(aside)
  if (moved?.key !== dead?.key) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}
