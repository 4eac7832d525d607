import { existsSync } from 'node:fs'
import { constants as flags } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { codeOf, isMissing } from './disk-problem.ts'
import { lstat, open, readdir, realpath, type DiskHandle } from './disk.ts'
import { inLinkedFolder } from './linked-folder.ts'

/**
 * An opened directory. Where root works in a directory that a less privileged account owns, that account may swap any
 * component of a path for a symbolic link between a look and a deed. So nothing here is done by a long path: directories
 * are opened one by one without following links, and entries are named relative to the descriptor (`/proc/self/fd/N/name`,
 * the `openat` that Node does not have). Without /proc (macOS) `at` gives an ordinary path: there the window stays.
 */
export interface Folder {
  /** for words, never for deeds */
  readonly path: string
  readonly uid: number
  readonly gid: number
  /** null on Windows, where a directory cannot be opened */
  readonly handle: DiskHandle | null
  /** how to reach the entry `name` of this directory */
  at(name: string): string
  close(): Promise<void>
}

const anchored = process.platform === 'linux' && existsSync('/proc/self/fd')

/** Opens the directory `path`, reached by `reach`. A symbolic link or file there is refused (`not_a_folder`). */
export async function openFolder(path: string, reach = path): Promise<Folder> {
  if (process.platform === 'win32') {
    const stat = await lstat(reach)
    if (!stat.isDirectory()) throw problem('not_a_folder', { path }, { cause: Object.assign(new Error(path), { code: 'ENOTDIR' }) })
    return { path, uid: 0, gid: 0, handle: null, at: (name) => join(reach, name), close: () => Promise.resolve() }
  }
  const handle = await open(reach, flags.O_RDONLY | flags.O_DIRECTORY | flags.O_NOFOLLOW).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ELOOP' || codeOf(thrown) === 'ENOTDIR') throw problem('not_a_folder', { path }, { cause: thrown })
    throw thrown
  })
  const { uid, gid } = await handle.stat()
  const at = (name: string): string => (anchored ? `/proc/self/fd/${handle.fd}/${name}` : join(reach, name))
  return { path, uid, gid, handle, at, close: () => handle.close() }
}

/** Opens the config directory itself; links in the path to it are the person's own choice and are followed. */
export async function openConfig(config: string): Promise<Folder> {
  return openFolder(await realpath(config))
}

/** Opens the directory that `parts` lead to from `base` for the time of `use`. As root: only one that belongs to the same account as `base`. */
export async function inFolder<T>(base: Folder, parts: readonly string[], use: (folder: Folder) => Promise<T>): Promise<T> {
  const [part, ...rest] = parts
  if (part === undefined) return use(base)
  const folder = await openFolder(join(base.path, part), base.at(part)).catch(async (thrown: unknown) => {
    if (codeOf(thrown) !== 'EACCES' || !(await isLeftByRoot(base, part))) throw thrown
    throw problem('file_missing', { path: join(base.path, part) }, { cause: Object.assign(new Error('nothing is in it'), { code: 'ENOENT' }) })
  })
  try {
    if (isRoot() && folder.uid !== base.uid && !(await isJustMade(folder))) throw stranger(folder, base)
    return await inFolder(folder, rest, use)
  } finally {
    await folder.close()
  }
}

/**
 * Whether root made the directory `name` in a folder of another account and was killed before it gave it away: the account cannot open it, but nothing is in it, and it can be removed.
 * False for root itself.
 */
export async function isLeftByRoot(base: Folder, name: string): Promise<boolean> {
  if (base.handle === null || isRoot() || base.uid === 0) return false
  const stat = await lstat(base.at(name)).catch((thrown: unknown) => {
    if (isMissing(thrown)) return null
    throw thrown
  })
  return stat !== null && stat.isDirectory() && stat.uid === 0
}

/** Opens the folder that holds the entry at `place` for the time of `use`. */
export async function inParent<T>(
  base: Folder,
  place: string,
  use: (folder: Folder, name: string) => Promise<T>,
): Promise<T> {
  if (isAbsolute(place)) return inLinkedFolder(base, dirname(place), (folder) => use(folder, basename(place)))
  const parts = partsOf(place)
  return inFolder(base, parts.slice(0, -1), (folder) => use(folder, parts.at(-1) ?? ''))
}

/** Opens the directory at `place` (empty: `base` itself) for the time of `use`. */
export async function inPlace<T>(base: Folder, place: string, use: (folder: Folder) => Promise<T>): Promise<T> {
  if (isAbsolute(place)) return inLinkedFolder(base, place, use)
  return inFolder(base, place === '' ? [] : partsOf(place), use)
}

/**
 * A path as the journal keeps it: below the config directory, parts joined by `/`. `outside_config` where it is not below
 * it, or not plainly so.
 */
export function placeOf(config: string, path: string): string {
  const inside = relative(config, path)
  if (!isAbsolute(path) || isAbsolute(inside)) throw problem('outside_config', { path, config })
  const place = inside.split(sep).join('/')
  if (!isPlace(place)) throw problem('outside_config', { path, config })
  return place
}

/** The place of what a link leads to: where it is not below the config directory, its own path, parts joined by `/`. */
export function placeOfTarget(config: string, path: string): string {
  const inside = relative(config, path)
  if (!isAbsolute(inside) && inside !== '..' && !inside.startsWith(`..${sep}`)) return placeOf(config, path)
  const place = path.split(sep).join('/')
  if (!isTargetPlace(place)) throw problem('outside_config', { path, config })
  return place
}

/** Whether a text from a journal can be the path of what a link leads to: whole, and not in a folder of ours. */
export function isTargetPlace(place: string): boolean {
  const parts = partsOf(place)
  return isAbsolute(place) && !place.includes('\0') && !parts.some((part) => ['.', '..', '.firstnode'].includes(part))
}

/** The path at a place of the config directory, or of what a link there leads to. */
export function pathAt(config: string, place: string): string {
  return isAbsolute(place) ? resolve(place) : join(config, ...partsOf(place))
}

/** Whether a text from a journal is a place below the config directory: no way up, no way out, not our own folder. */
export function isPlace(place: string): boolean {
  const parts = place.split('/')
  const plain = (part: string): boolean => part !== '' && part !== '.' && part !== '..' && !part.includes('\0')
  const fits = (part: string): boolean => plain(part) && (sep === '/' || !/[\\:]/.test(part))
  return parts.every(fits) && parts[0] !== '.firstnode'
}

export const partsOf = (place: string): string[] => place.split('/')

/** Makes what was done to the entries of a directory last. Windows has no such call. */
export async function syncFolder(folder: Folder): Promise<void> {
  await folder.handle?.sync().catch((thrown: unknown) => {
    // some network and FUSE file systems cannot: they are as safe as they are
    if (!['EINVAL', 'ENOTSUP', 'EBADF'].includes(codeOf(thrown) ?? '')) throw thrown
  })
}

export const isRoot = (): boolean => process.getuid?.() === 0

/**
 * Only an empty folder of root's own, closed to others, can be one that root made here and had no time to give to its owner. Nothing is given away with it. In a folder that hands its
 * group on (the packages' /var/lib/kibana), it has that mark from the beginning.
 */
export async function isJustMade(folder: Folder): Promise<boolean> {
  if (folder.uid !== 0 || folder.handle === null) return false
  return ((await folder.handle.stat()).mode & 0o5777) === 0o700 && (await readdir(folder.at('.'))).length === 0
}

/** `untrusted_folder`: `folder` belongs to another account than `base`, the one around it. */
export function stranger(folder: Folder, base: Folder): Problem {
  return problem('untrusted_folder', { path: folder.path, why: `belongs to another account (${folder.uid}) than ${base.path} (${base.uid})` })
}
