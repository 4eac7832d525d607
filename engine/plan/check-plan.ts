import { constants as flags } from 'node:fs'
import { dirname, join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { ownerMayRead } from '../installation/read-owned.ts'
import { mountPoints } from '../system/mount-points.ts'
import { codeOf, diskProblem } from './disk-problem.ts'
import { access, lstat, open, realpath, type DiskHandle } from './disk.ts'
import { openToRead, readEntry, sha256, type Entry } from './entry.ts'
import { inParent, inPlace, isRoot, partsOf, placeOf, placeOfTarget, type Folder } from './folder.ts'
import { rememberFolder } from './folder-before.ts'
import { ForeseenDisk } from './foreseen-disk.ts'
import type { FolderBefore, JournalStep, Kept } from './journal.ts'
import type { Change, Plan } from './plan.ts'
import { editsOf } from './text-edits.ts'

/** What the journal needs to know about a plan: its steps, and the folders that are touched as they are now. */
export interface CheckedPlan {
  readonly steps: readonly JournalStep[]
  readonly folders: readonly FolderBefore[]
}

/**
 * Looks whether every change of a plan can be made, before the first is: each file is as it was when the plan was made
 * (`changed_meanwhile`) and no mount point (`mounted_alone`), each folder is there and may be written (`write_refused`, `write_read_only`), nothing is a link or device
 * (`not_a_plain_file`, `not_a_folder`) or belongs to a stranger (`untrusted_folder`), all of it lies in the config directory (`outside_config`).
 */
export async function checkPlan(plan: Plan, config: Folder, given: string, id: string): Promise<CheckedPlan> {
  const pending = plan.changes.find((change) => change.kind === 'write' && change.pending === true)
  if (pending?.kind === 'write') throw new Error(`${pending.path} is still to be made: only a whole plan is applied`)
  const disk = new ForeseenDisk()
  const steps: JournalStep[] = []
  const folders = new Map<string, FolderBefore>()
  const real = (path: string): string => join(config.path, ...partsOf(placeOf(given, path)))
  const mounted = await mountPoints()
  for (const [index, told] of plan.changes.entries()) {
    const direct = atRealPaths(told, real)
    try {
      const change = await throughLink(direct)
      refuseMounted(change, mounted)
      for (const path of change.kind === 'rename' ? [change.from, change.to] : [change.path]) {
        const parent = await parentOf(disk, config, path)
        if (parent !== null && !folders.has(parent.place)) folders.set(parent.place, parent)
      }
      const step = await checkChange(disk, config, change, `${id}-${index}`)
      steps.push(step.kind === 'write' && change !== direct ? { ...step, link: placeOf(given, pathOf(told)) } : step)
      await disk.make(change)
    } catch (thrown) {
      throw diskProblem(thrown, direct.kind === 'rename' ? direct.from : direct.path)
    }
  }
  return { steps, folders: [...folders.values()] }
}

function refuseMounted(change: Change, mounted: ReadonlySet<string>): void {
  const paths = change.kind === 'rename' ? [change.from, change.to] : [change.path]
  const path = paths.find((one) => mounted.has(one))
  if (path !== undefined) throw problem('mounted_alone', { path, folder: dirname(path) })
}

function atRealPaths(change: Change, real: (path: string) => string): Change {
  return change.kind === 'rename' ? { ...change, from: real(change.from), to: real(change.to) } : { ...change, path: real(change.path) }
}

/** A change that follows a link, as one of the file that the link leads to. */
async function throughLink(change: Change): Promise<Change> {
  if (change.kind !== 'write' || change.followsLink !== true) return change
  const { path } = change
  const isLink = await lstat(path).then((stats) => stats.isSymbolicLink(), () => false)
  if (!isLink) return change
  const target = await realpath(path).catch((thrown: unknown) => {
    throw problem('not_a_plain_file', { path, what: 'a link that leads nowhere' }, { cause: thrown })
  })
  return { ...change, path: target }
}

function pathOf(change: Change): string {
  return change.kind === 'rename' ? change.from : change.path
}

function checkChange(disk: ForeseenDisk, config: Folder, change: Change, name: string): Promise<JournalStep> {
  switch (change.kind) {
    case 'create-directory':
      return checkDirectory(disk, config, change)
    case 'rename':
      return checkRename(disk, config, change)
    case 'delete':
      return checkDelete(disk, config, change, name)
    default:
      return checkWrite(disk, config, change, name)
  }
}

async function checkDirectory(disk: ForeseenDisk, config: Folder, { path }: Change & { kind: 'create-directory' }): Promise<JournalStep> {
  if ((await disk.at(path)).kind !== 'absent') throw problem('changed_meanwhile', { path })
  return { kind: 'create-directory', place: placeOf(config.path, path) }
}

async function checkRename(disk: ForeseenDisk, config: Folder, { from, to }: Change & { kind: 'rename' }): Promise<JournalStep> {
  if ((await disk.at(from)).kind === 'absent') throw problem('changed_meanwhile', { path: from })
  if ((await disk.at(to)).kind !== 'absent') throw problem('changed_meanwhile', { path: to })
  return { kind: 'rename', from: placeOf(config.path, from), to: placeOf(config.path, to) }
}

async function checkDelete(disk: ForeseenDisk, config: Folder, { path }: Change & { kind: 'delete' }, name: string): Promise<JournalStep> {
  const entry = await originalAt(disk, config, path, async (found, parent, old) => {
    if (found.kind === 'file') await withReadable(await openToRead(parent, old), config, path, () => Promise.resolve())
    return found
  })
  if (entry === null) throw problem('changed_meanwhile', { path })
  return { kind: 'delete', place: placeOf(config.path, path), before: keptAs(name, entry) }
}

async function checkWrite(disk: ForeseenDisk, config: Folder, change: Change & { kind: 'write' }, name: string): Promise<JournalStep> {
  const { path } = change
  const original = await originalAt(disk, config, path, async (entry, parent, old) => {
    const handle = entry.kind === 'file' ? await openToRead(parent, old) : await openThroughLink(parent, old, path)
    return { entry, content: await withReadable(handle, config, path, () => handle.readFile()) }
  })
  if ((original === null ? null : sha256(original.content)) !== change.replaces) throw problem('changed_meanwhile', { path })
  return {
    kind: 'write',
    place: placeOfTarget(config.path, path),
    torn: `.firstnode-${name}.torn`,
    sha256: sha256(change.content),
    before: original === null ? null : keptAs(name, original.entry),
    edits: original === null || change.secret ? null : editsOf(original.content, change.content),
  }
}

type Original = Extract<Entry, { kind: 'file' | 'link' }>

function keptAs(name: string, entry: Original): Kept {
  const { kind, sha256, mode, uid, gid, atimeNs, mtimeNs } = entry
  return { name, kind, sha256, mode, uid, gid, atimeNs, mtimeNs }
}

/** What `use` makes of the file or link that a change replaces or deletes; null where nothing is there. */
async function originalAt<T>(disk: ForeseenDisk, config: Folder, path: string, use: (entry: Original, parent: Folder, name: string) => Promise<T>): Promise<T | null> {
  const found = await disk.at(path)
  if (found.kind === 'absent') return null
  if (found.kind === 'directory') throw problem('not_a_plain_file', { path, what: 'a folder' })
  if (found.kind === 'written') throw problem('changed_meanwhile', { path })
  return inParent(config, placeOfTarget(config.path, found.path), async (parent, name) => {
    const entry = await readEntry(parent, name)
    if (entry.kind === 'absent') return null
    if (entry.kind === 'directory' || entry.kind === 'other') throw problem('not_a_plain_file', { path, what: entry.kind === 'directory' ? 'a folder' : 'a device or pipe' })
    return use(entry, parent, name)
  })
}

async function withReadable<T>(handle: DiskHandle, config: Folder, path: string, use: () => Promise<T>): Promise<T> {
  try {
    await refuseWhatTheAccountCannotRead(handle, config, path)
    return await use()
  } finally {
    await handle.close()
  }
}

async function openThroughLink(parent: Folder, name: string, path: string): Promise<DiskHandle> {
  return open(parent.at(name), flags.O_RDONLY | (flags.O_NONBLOCK ?? 0)).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ELOOP') throw problem('not_a_plain_file', { path, what: 'a link that leads nowhere' })
    throw thrown
  })
}

/** Root could read, keep and show a file that its account may not: a link or hard link to such a file must not become a way to it. */
async function refuseWhatTheAccountCannotRead(handle: DiskHandle, config: Folder, path: string): Promise<void> {
  const stat = await handle.stat()
  if (!stat.isFile()) throw problem('not_a_plain_file', { path, what: 'a link to something that is no file' })
  if (!isRoot() || config.uid === 0 || stat.uid === config.uid || (await ownerMayRead(stat, config))) return
  throw problem('write_refused', { path, why: 'the account that owns the configuration may not read it' })
}

/** The folder around `path` as it is on the disk now, seen to be writable; null where the plan itself makes it. */
async function parentOf(disk: ForeseenDisk, config: Folder, path: string): Promise<FolderBefore | null> {
  const parent = dirname(path)
  const found = await disk.at(parent)
  if (found.kind === 'directory') return null
  if (found.kind === 'absent') throw problem('write_refused', { path, why: 'its folder is not there' })
  if (found.kind === 'written') throw problem('not_a_plain_file', { path: parent, what: 'a file' })
  const place = found.path === config.path ? '' : placeOfTarget(config.path, found.path)
  return inPlace(config, place, async (folder) => {
    const before = await rememberFolder(folder, place)
    await access(folder.at('.'), flags.W_OK | flags.X_OK)
    return before
  })
}
