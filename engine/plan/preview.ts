import type { Account } from '../../shared/contract/installation.ts'
import type { ChangeView } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import { MiB } from '../../shared/sizes.ts'
import { accountByUid, callerAccount } from '../installation/accounts.ts'
import { diskProblem } from './disk-problem.ts'
import { lstat, readFile, readlink } from './disk.ts'
import { sha256 } from './entry.ts'
import { ForeseenDisk } from './foreseen-disk.ts'
import { ownerGiven } from './give-owner.ts'
import type { Change, Owner, Plan } from './plan.ts'
import { textOf } from './text-edits.ts'
import { viewDiff } from './view-diff.ts'

/** Bigger texts than this (bytes) are told by their size alone. */
const biggestShown = 64 * MiB

export interface PreviewOptions {
  readonly platform?: NodeJS.Platform
  /** the name behind an account's number, null where there is none */
  readonly nameOf?: (owner: Owner) => Promise<string | null>
  /** who applies the plan; null on Windows */
  readonly caller?: Account | null
}

/**
 * What a plan will change, one view a change, in its order: files, modes (octal text), owners, bytes, texts as a diff. What is secret shows no content.
 * Touches nothing. `changed_meanwhile` where a file is no longer as the plan takes it to be.
 */
export async function previewChanges(plan: Plan, options: PreviewOptions = {}): Promise<ChangeView[]> {
  const disk = new ForeseenDisk()
  const views: ChangeView[] = []
  for (const change of plan.changes) {
    const bare = { from: null, mode: null, owner: null, bytes: null, secret: false, note: change.note, diff: null }
    switch (change.kind) {
      case 'rename':
        views.push({ ...bare, action: 'rename', path: change.to, from: change.from })
        break
      case 'delete':
        views.push({ ...bare, action: 'delete', path: change.path })
        break
      case 'create-directory':
        views.push({ ...bare, action: 'create-directory', path: change.path, ...(await rights(change, options)) })
        break
      case 'write':
        views.push({
          ...bare,
          path: change.path,
          ...(await viewWrite(change, disk)),
          ...(await rights(change, options)),
        })
        break
    }
    await disk.make(change)
  }
  return views
}

async function viewWrite(change: Change & { kind: 'write' }, disk: ForeseenDisk): Promise<Pick<ChangeView, 'action' | 'bytes' | 'secret' | 'note' | 'diff'>> {
  const { old, link } = await contentBefore(disk, change.path)
  if ((old === null ? null : sha256(old)) !== change.replaces) throw problem('changed_meanwhile', { path: change.path })
  const before = textOf(old ?? new Uint8Array(), biggestShown)
  const after = textOf(change.content, biggestShown)
  return {
    action: old === null ? 'create' : 'change',
    bytes: change.pending === true ? null : change.content.length,
    secret: change.secret,
    note: link === null ? change.note : `${change.note} ${linkNote(link, change.followsLink === true)}`,
    diff: change.secret || change.pending === true || before === null || after === null ? null : viewDiff(before, after, change.lineNotes ?? new Map()),
  }
}

function linkNote(link: string, followed: boolean): string {
  return followed
    ? `It is a link to ${link}: that file is changed, and the link stays.`
    : `It is a link to ${link} now: a file takes the place of the link.`
}

async function contentBefore(disk: ForeseenDisk, path: string): Promise<{ old: Uint8Array | null; link: string | null }> {
  const found = await disk.at(path)
  if (found.kind === 'absent') return { old: null, link: null }
  if (found.kind === 'written') return { old: found.content, link: null }
  if (found.kind === 'directory') throw problem('not_a_plain_file', { path, what: 'a folder' })
  try {
    const link = (await lstat(found.path)).isSymbolicLink() ? await readlink(found.path) : null
    return { old: await readFile(found.path), link }
  } catch (thrown) {
    throw diskProblem(thrown, path)
  }
}

async function rights(
  { mode, owner }: { readonly mode: number; readonly owner: Owner | null },
  { platform = process.platform, nameOf = accountName, caller = callerAccount() }: PreviewOptions,
): Promise<Pick<ChangeView, 'mode' | 'owner'>> {
  if (platform === 'win32') return { mode: null, owner: null }
  const octal = mode.toString(8).padStart(4, '0')
  if (owner === null) return { mode: octal, owner: null }
  const given = caller === null ? owner : ownerGiven(owner, caller)
  return { mode: octal, owner: (await nameOf(given)) ?? String(given.uid) }
}

async function accountName({ uid, gid }: Owner): Promise<string | null> {
  return (await accountByUid(uid, undefined, gid)).name
}
