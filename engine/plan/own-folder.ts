import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { problem } from '../../shared/problems/problem.ts'
import { codeOf, isMissing } from './disk-problem.ts'
import { lstat, mkdir, readdir } from './disk.ts'
import { openToRead } from './entry.ts'
import { isJustMade, isRoot, openFolder, stranger, syncFolder, type Folder } from './folder.ts'
import { giveOwner } from './give-owner.ts'
import { removeFolder, unlinkFile } from './patiently.ts'
import { renameFile } from './rename-file.ts'
import { setTimes, type Times, timesSchema } from './times.ts'
import { createFile } from './create-file.ts'

export const ownName = '.firstnode'
const originName = 'origin.json'
const ignoreName = '.gitignore'
const ignoreAll = '*\n'
/** what data and logs were before a first start: see `setup/node-traces.ts` */
export const tracesName = 'traces.json'
const originSchema = timesSchema.extend({ format: z.literal(1) })

/**
 * Opens `CONFIG/.firstnode`, making it (0700, the config directory's owner) where it is not there. The first file in it is a `.gitignore` of `*`, so that no version control takes in what
 * is kept there. A new one remembers the times the config directory had, so that leaving it leaves no trace. `untrusted_folder` where root finds one that belongs to somebody else.
 */
export async function openOwnFolder(config: Folder): Promise<Folder> {
  for (;;) {
    const before = await config.handle?.stat({ bigint: true })
    await removeLeftByRoot(config)
    const made = await makeFolder(config)
    let own: Folder | null = null
    try {
      own = await findOwnFolder(config)
      // another process may leave and remove it in between
      if (own === null) continue
      if ((await readOwn(own, ignoreName)) !== ignoreAll) await writeOwn(own, ignoreName, ignoreAll)
      if (made && before !== undefined) await writeOwn(own, originName, originOf(before))
      return own
    } catch (thrown) {
      if (made && before !== undefined) await unmake(config, own, timesOf(before)).catch(() => undefined)
      await own?.close()
      if (codeOf(thrown) !== 'ENOENT') throw thrown
    }
  }
}

const timesOf = ({ atimeNs, mtimeNs }: Record<keyof Times, bigint>): Times => ({ atimeNs: String(atimeNs), mtimeNs: String(mtimeNs) })
const originOf = (before: Record<keyof Times, bigint>): string => JSON.stringify({ format: 1, ...timesOf(before) })

async function makeFolder(config: Folder): Promise<boolean> {
  return mkdir(config.at(ownName), { mode: 0o700 }).then(
    () => true,
    (thrown: unknown) => {
      if (codeOf(thrown) === 'EEXIST') return false
      throw thrown
    },
  )
}

async function unmake(config: Folder, own: Folder | null, times: Times): Promise<void> {
  if (own !== null) for (const name of [ignoreName, originName]) await unlinkFile(own.at(name)).catch(ignoreMissing)
  await removeFolder(config.at(ownName))
  if (config.handle !== null) await setTimes(config.handle, times)
}

/**
 * Root makes this folder, then gives it to the owner of the config directory. A root that was killed in between has left an empty one, which the owner cannot open, but can remove.
 * `untrusted_folder` where there is more in it.
 */
async function removeLeftByRoot(config: Folder): Promise<void> {
  if (!(await isLeftByRoot(config))) return
  await removeFolder(config.at(ownName)).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return
    throw problem('untrusted_folder', { path: join(config.path, ownName), why: 'belongs to root, and is not empty' }, { cause: thrown })
  })
}

async function isLeftByRoot(config: Folder): Promise<boolean> {
  if (config.handle === null || isRoot() || config.uid === 0) return false
  const stat = await lstat(config.at(ownName)).catch((thrown: unknown) => ignoreMissing(thrown))
  return stat !== undefined && stat.isDirectory() && stat.uid === 0
}

/** Opens `CONFIG/.firstnode` where it is there, else null; so also where an interrupted root left an empty one. */
export async function findOwnFolder(config: Folder): Promise<Folder | null> {
  if (await isLeftByRoot(config)) return null
  const own = await openFolder(join(config.path, ownName), config.at(ownName)).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return null
    throw thrown
  })
  if (own === null) return null
  try {
    await takeOver(own, config)
    return own
  } catch (thrown) {
    await own.close()
    throw thrown
  }
}

/** Removes `CONFIG/.firstnode` if nothing is in it any more, and gives the config directory the times it had before. Closes `own`. */
export async function leaveOwnFolder(config: Folder, own: Folder): Promise<void> {
  try {
    const names = await readdir(own.at('.'))
    const isLitter = (name: string): boolean => name.startsWith('.torn-') || (isProgress(name) && !names.some((other) => belongsToProgress.includes(other)))
    for (const name of names.filter(isLitter)) await unlinkFile(own.at(name)).catch(ignoreMissing)
    if (names.some((name) => name !== originName && name !== ignoreName && !isLitter(name))) return
    const origin = await readOwn(own, originName)
    // The times of the config directory are lost without the origin: it goes last.
    for (const name of [ignoreName, originName]) await unlinkFile(own.at(name)).catch(ignoreMissing)
    const gone = await removeFolder(config.at(ownName)).then(
      () => true,
      (thrown: unknown) => {
        if (codeOf(thrown) === 'ENOENT') return false
        if (codeOf(thrown) === 'ENOTEMPTY' || codeOf(thrown) === 'EEXIST') return null
        throw thrown
      },
    )
    if (gone === null) {
      // somebody came in between: what was remembered is theirs to use
      await writeOwn(own, ignoreName, ignoreAll).catch(ignoreMissing)
      if (origin !== null) await writeOwn(own, originName, origin).catch(ignoreMissing)
    }
    const times = origin === null ? null : originSchema.safeParse(parseJson(origin))
    if (gone === true && times?.success && config.handle !== null) await setTimes(config.handle, times.data)
    await syncFolder(config)
  } finally {
    await own.close()
  }
}

/** Whether a setup is recorded here, or on its way. */
export async function hasSetup(own: Folder): Promise<boolean> {
  const names = await readdir(own.at('.'))
  return names.includes('setup.json') || names.includes('journal.json')
}

/** Whether `CONFIG/.firstnode` holds nothing but what processes that were killed before they changed anything have left. Touches nothing. */
export async function holdsLitterOnly(own: Folder): Promise<boolean> {
  const names = await readdir(own.at('.'))
  return names.every((name) => [ignoreName, originName, tracesName].includes(name) || name.startsWith('.torn-') || name.startsWith('lock.') || isProgress(name))
}

/** Writes a file of ours (0600) so that it is there whole or as it was before, and lasts. */
export async function writeOwn(own: Folder, name: string, text: string): Promise<void> {
  const torn = `.torn-${randomBytes(8).toString('hex')}`
  await createFile(own, torn, Buffer.from(text), { mode: 0o600, owner: { uid: own.uid, gid: own.gid } })
  await renameFile(own.at(torn), own.at(name)).catch(async (thrown: unknown) => {
    await unlinkFile(own.at(torn)).catch(() => undefined)
    throw thrown
  })
  await syncFolder(own)
}

/** The text of a file of ours, or null where it is not there. */
export async function readOwn(own: Folder, name: string): Promise<string | null> {
  const handle = await openToRead(own, name).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return null
    throw thrown
  })
  if (handle === null) return null
  try {
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}

/** Removes a file of ours if it is there. */
export async function removeOwn(own: Folder, name: string): Promise<void> {
  await unlinkFile(own.at(name)).catch(ignoreMissing)
  await syncFolder(own)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function ignoreMissing(thrown: unknown): void {
  if (!isMissing(thrown)) throw thrown
}

/** A mark of how far a journal is in effect means nothing without the journal. */
export const isProgress = (name: string): boolean => /^at\.[0-9a-f]+\.\d{6}$/.test(name)
const belongsToProgress = ['journal.json', 'undo.json']

async function takeOver(own: Folder, config: Folder): Promise<void> {
  if (own.handle === null || !isRoot()) return
  if (own.uid !== config.uid) {
    if (!(await isJustMade(own))) {
      // Another process, which made it, may have given it to its owner meanwhile.
      const { uid, gid } = await own.handle.stat()
      Object.assign(own, { uid, gid })
      if (uid !== config.uid) throw stranger(own, config)
    }
    await giveOwner(own.handle, config)
    Object.assign(own, { uid: config.uid, gid: config.gid })
  }
  if (((await own.handle.stat()).mode & 0o777) !== 0o700) await own.handle.chmod(0o700)
}
