import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, isMissing } from './disk-problem.ts'
import { lstat, mkdir, readdir } from './disk.ts'
import { openToRead } from './entry.ts'
import { isJustMade, isLeftByRoot, isRoot, openFolder, stranger, syncFolder, type Folder } from './folder.ts'
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
 * Opens `CONFIG/.firstnode`, making it (0700, the config directory's owner) where it is not there. `untrusted_folder` where root finds one that belongs to somebody else.
 */
export async function openOwnFolder(config: Folder): Promise<Folder> {
  for (;;) {
    const own = await findOwnFolder(config)
    if (own === null) {
      await makeOwnFolder(config)
      continue
    }
    try {
      // one of an older Firstnode has none
      if ((await readOwn(own, ignoreName)) !== ignoreAll) await writeOwn(own, ignoreName, ignoreAll)
      return own
    } catch (thrown) {
      await own.close()
      // another process may leave and remove it in between
      if (codeOf(thrown) !== 'ENOENT') throw thrown
    }
  }
}

/** A folder on its way to be `.firstnode`: its name says when the config directory was last read and written before. */
const onItsWay = /^\.firstnode\.(\d{1,20})\.(\d{1,20})\.[0-9a-f]{16}\.new$/

/** Names in a config directory that are ours. */
export const isOwnName = (name: string): boolean => name === ownName || onItsWay.test(name)

/**
 * Makes the folder whole beside its place, then renames it: it is there with its owner, with a `.gitignore` of `*`, so that no version control takes in what is kept there, and with the times that the
 * config directory had, so that leaving it leaves no trace; or not at all. What a process that was killed has left on the way is removed, and its times are those that count.
 */
async function makeOwnFolder(config: Folder): Promise<void> {
  const left = (await readdir(config.at('.'))).filter((name) => onItsWay.test(name))
  const times = timesIn(left[0]) ?? timesOf(await config.handle?.stat({ bigint: true }))
  const name = nameWith(times)
  await mkdir(config.at(name), { mode: 0o700 })
  try {
    await fillOwnFolder(config, name, times)
    await renameFile(config.at(name), config.at(ownName)).catch(async (thrown: unknown) => {
      // another process was quicker, and may have left again meanwhile
      const code = codeOf(thrown) ?? ''
      const isTaken = ['ENOTEMPTY', 'EEXIST'].includes(code) || (['EPERM', 'ENOENT'].includes(code) && (await isThere(config)))
      if (!isTaken) throw thrown
      await dropOnItsWay(config, name)
    })
  } catch (thrown) {
    await dropOnItsWay(config, name).catch(() => undefined)
    if (config.handle !== null && left.length === 0 && !(await isThere(config).catch(() => true))) await setTimes(config.handle, times).catch(() => undefined)
    // another process took it for one that was left
    if (codeOf(thrown) === 'ENOENT') return
    throw thrown
  }
  // Another process may be filling it yet: then it begins again.
  for (const one of left) await dropOnItsWay(config, one).catch(() => undefined)
  await syncFolder(config)
}

async function fillOwnFolder(config: Folder, name: string, times: Times): Promise<void> {
  const made = await openFolder(join(config.path, name), config.at(name))
  try {
    await takeOver(made, config)
    const owner = { uid: made.uid, gid: made.gid }
    await createFile(made, ignoreName, Buffer.from(ignoreAll), { mode: 0o600, owner })
    if (config.handle !== null) await createFile(made, originName, Buffer.from(JSON.stringify({ format: 1, ...times })), { mode: 0o600, owner })
    await syncFolder(made)
  } finally {
    await made.close()
  }
}

/** One that root made, and had no time to give away, is empty: whoever owns the folder around it can remove it all the same. */
async function dropOnItsWay(config: Folder, name: string): Promise<void> {
  const made = await openFolder(join(config.path, name), config.at(name)).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'EACCES' && codeOf(thrown) !== 'ENOENT') throw thrown
    return null
  })
  try {
    if (made !== null) for (const file of [ignoreName, originName]) await unlinkFile(made.at(file)).catch(ignoreGone)
  } finally {
    await made?.close()
  }
  await removeFolder(config.at(name))
}

/** Makes an empty folder whose name keeps these times. Null where there is no room for one: leaving must not need any. */
async function keepInName(config: Folder, times: Times): Promise<string | null> {
  const name = nameWith(times)
  return mkdir(config.at(name), { mode: 0o700 }).then(() => name, () => null)
}

const nameWith = ({ atimeNs, mtimeNs }: Times): string => `${ownName}.${atimeNs}.${mtimeNs}.${randomBytes(8).toString('hex')}.new`

/** The times that the config directory had before a process made or removed `.firstnode` and was killed; null where none was. */
async function timesOnTheirWay(config: Folder): Promise<Times | null> {
  const [left] = (await readdir(config.at('.'))).filter((name) => onItsWay.test(name))
  return timesIn(left)
}

async function dropAllOnTheirWay(config: Folder): Promise<void> {
  for (const name of await readdir(config.at('.'))) if (onItsWay.test(name)) await dropOnItsWay(config, name).catch(() => undefined)
}

/** Where there is no `.firstnode`: removes what a process that was killed while it made or removed it has left, and gives the config directory its times. */
export async function sweepOnTheirWay(config: Folder): Promise<void> {
  const times = await timesOnTheirWay(config)
  if (times === null) return
  await dropAllOnTheirWay(config)
  if (config.handle !== null) await setTimes(config.handle, times)
  await syncFolder(config)
}

async function isThere(config: Folder): Promise<boolean> {
  return lstat(config.at(ownName)).then(
    () => true,
    (thrown: unknown) => {
      if (isMissing(thrown)) return false
      throw thrown
    },
  )
}

function timesIn(name: string | undefined): Times | null {
  const [, atimeNs, mtimeNs] = onItsWay.exec(name ?? '') ?? []
  return atimeNs === undefined || mtimeNs === undefined ? null : { atimeNs, mtimeNs }
}

const timesOf = (stat: Record<keyof Times, bigint> | undefined): Times => ({ atimeNs: String(stat?.atimeNs ?? 0n), mtimeNs: String(stat?.mtimeNs ?? 0n) })

/** Opens `CONFIG/.firstnode` where it is there, else null; so also where an interrupted root left an empty one. */
export async function findOwnFolder(config: Folder): Promise<Folder | null> {
  if (await isLeftByRoot(config, ownName)) return null
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

/**
 * Removes `CONFIG/.firstnode` if nothing is in it any more, and gives the config directory the times it had before. Until it is gone an empty folder beside it keeps these in its name.
 * Closes `own`.
 */
export async function leaveOwnFolder(config: Folder, own: Folder): Promise<void> {
  try {
    const names = await readdir(own.at('.'))
    const isLitter = (name: string): boolean => name.startsWith('.torn-') || (isProgress(name) && !names.some((other) => belongsToProgress.includes(other)))
    for (const name of names.filter(isLitter)) await unlinkFile(own.at(name)).catch(ignoreGone)
    if (names.some((name) => name !== originName && name !== ignoreName && !isLitter(name))) return
    const origin = await readOwn(own, originName)
    const parsed = origin === null ? null : originSchema.safeParse(parseJson(origin))
    const times = parsed?.success ? parsed.data : await timesOnTheirWay(config)
    const note = times === null || config.handle === null ? null : await keepInName(config, times)
    for (const name of [ignoreName, originName]) await unlinkFile(own.at(name)).catch(ignoreGone)
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
      await writeOwn(own, ignoreName, ignoreAll).catch(ignoreGone)
      if (origin !== null) await writeOwn(own, originName, origin).catch(ignoreGone)
    }
    if (note !== null) await removeFolder(config.at(note)).catch(ignoreGone)
    if (gone === true) await dropAllOnTheirWay(config)
    if (gone === true && times !== null && config.handle !== null) await setTimes(config.handle, times)
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
  await unlinkFile(own.at(name)).catch(ignoreGone)
  await syncFolder(own)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** For removing what may be gone already. */
export function ignoreGone(thrown: unknown): void {
  if (codeOf(thrown) !== 'ENOENT') throw thrown
}

/** For work in a folder that may be gone, or be no folder any more. */
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
