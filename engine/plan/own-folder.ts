import { randomBytes } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, isMissing } from './disk-problem.ts'
import { openToRead } from './entry.ts'
import { isJustMade, isRoot, openFolder, stranger, syncFolder, type Folder } from './folder.ts'
import { giveOwner } from './give-owner.ts'
import { removeFolder, unlinkFile } from './patiently.ts'
import { renameFile } from './rename-file.ts'
import { setTimes, type Times, timesSchema } from './times.ts'
import { createFile } from './create-file.ts'

export const ownName = '.firstnode'
const originName = 'origin.json'
const originSchema = timesSchema.extend({ format: z.literal(1) })

/**
 * Opens `CONFIG/.firstnode`, making it (0700, the config directory's owner) where it is not there. A new one remembers the times the config
 * directory had, so that leaving it leaves no trace. `untrusted_folder` where root finds one that belongs to somebody else.
 */
export async function openOwnFolder(config: Folder): Promise<Folder> {
  for (;;) {
    const before = await config.handle?.stat({ bigint: true })
    const made = await makeFolder(config)
    const own = await findOwnFolder(config)
    // another process may leave and remove it in between
    if (own === null) continue
    try {
      if (made && before !== undefined) await writeOwn(own, originName, JSON.stringify({ format: 1, atimeNs: String(before.atimeNs), mtimeNs: String(before.mtimeNs) }))
      return own
    } catch (thrown) {
      await own.close()
      if (made && before !== undefined) await unmake(config, { atimeNs: String(before.atimeNs), mtimeNs: String(before.mtimeNs) })
      if (codeOf(thrown) !== 'ENOENT') throw thrown
    }
  }
}

async function makeFolder(config: Folder): Promise<boolean> {
  return mkdir(config.at(ownName), { mode: 0o700 }).then(
    () => true,
    (thrown: unknown) => {
      if (codeOf(thrown) === 'EEXIST') return false
      throw thrown
    },
  )
}

async function unmake(config: Folder, times: Times): Promise<void> {
  const gone = await removeFolder(config.at(ownName)).then(
    () => true,
    () => false,
  )
  if (gone && config.handle !== null) await setTimes(config.handle, times)
}

/** Opens `CONFIG/.firstnode` where it is there, else null. */
export async function findOwnFolder(config: Folder): Promise<Folder | null> {
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
    if (names.some((name) => name !== originName && !isLitter(name))) return
    const origin = await readOwn(own, originName)
    if (origin !== null) await unlinkFile(own.at(originName)).catch(ignoreMissing)
    const gone = await removeFolder(config.at(ownName)).then(
      () => true,
      (thrown: unknown) => {
        if (codeOf(thrown) === 'ENOENT') return false
        if (codeOf(thrown) === 'ENOTEMPTY' || codeOf(thrown) === 'EEXIST') return null
        throw thrown
      },
    )
    // somebody came in between: what was remembered is theirs to use
    if (gone === null && origin !== null) await writeOwn(own, originName, origin).catch(ignoreMissing)
    const times = origin === null ? null : originSchema.safeParse(parseJson(origin))
    if (gone === true && times?.success && config.handle !== null) await setTimes(config.handle, times.data)
    await syncFolder(config)
  } finally {
    await own.close()
  }
}

/** Writes a file of ours (0600) so that it is there whole or as it was before, and lasts. */
export async function writeOwn(own: Folder, name: string, text: string): Promise<void> {
  const torn = `.torn-${randomBytes(8).toString('hex')}`
  await createFile(own, torn, Buffer.from(text), { mode: 0o600, owner: { uid: own.uid, gid: own.gid } })
  await renameFile(own.at(torn), own.at(name))
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
const isProgress = (name: string): boolean => /^at\.[0-9a-f]+\.\d{6}$/.test(name)
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
