import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { asProblem, problem } from '../../shared/problems/problem.ts'
import { checkPlan } from './check-plan.ts'
import { closeToOthers, type Close } from './close-to-others.ts'
import { createFile } from './create-file.ts'
import { codeOf, diskProblem } from './disk-problem.ts'
import { link, mkdir, readdir } from './disk.ts'
import { inParent, isRoot, openConfig, openFolder, pathAt, syncFolder, type Folder } from './folder.ts'
import { giveOwner } from './give-owner.ts'
import { removeJournal, readJournal, writeJournal, type Journal, type JournalStep } from './journal.ts'
import { keepOriginal, makeBefore } from './keep-original.ts'
import { findOwnFolder, leaveOwnFolder, openOwnFolder, ownName } from './own-folder.ts'
import { unlinkFile } from './patiently.ts'
import type { Change, Owner, Plan } from './plan.ts'
import { beginProgress, endProgress, moveProgress } from './progress.ts'
import { putBack } from './put-back.ts'
import { renameFile } from './rename-file.ts'
import { readSettled } from './settled.ts'

/** Called before each deed on the disk with its name; for tests that end the process there. */
export type StepHook = (step: string) => void | Promise<void>

export interface ApplyOptions {
  /** the config directory; every change lies in it */
  readonly config: string
  /** whom the config directory belongs to: as root, another owner of it is refused */
  readonly owner: Owner | null
  readonly signal?: AbortSignal
  /** after each change: which, and how many of how many are made */
  readonly onChange?: (change: Change, done: number, of: number) => void
  readonly beforeStep?: StepHook
  /** looks at a file as it was written, at `written`, before it takes its place; what it throws puts everything back */
  readonly beforeReplace?: (change: Change & { readonly kind: 'write' }, written: string) => Promise<void>
  /** closes what holds keys where modes mean nothing; null: modes do it */
  readonly close?: Close | null
}

/** A plan that is applied and can still be put back: by `rollBack(config)`, until `settle(config)`. */
export interface AppliedPlan {
  readonly id: string
  readonly config: string
  /** what was written, for the record */
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}

/**
 * Applies a plan: all of it, or none. A journal is written first, originals are kept, every file is written beside its place, made to last
 * and renamed into it. Whatever fails, and a cancelled `signal`, puts everything back; a process that dies leaves the journal for `recover`.
 * The caller holds the lock of the home. Ends with `cancelled`, `changed_meanwhile`, `recover_first`, `write_disk_full`,
 * `write_read_only`, `write_refused`, `write_failed`, `access_not_closed`, `not_a_plain_file`, `not_a_folder`, `untrusted_folder`, `outside_config`, `put_back_failed`.
 */
export async function applyPlan(plan: Plan, options: ApplyOptions): Promise<AppliedPlan> {
  const config = await openConfig(options.config)
  try {
    const step = stepper(options)
    await refuseUnfit(config, options)
    const id = randomBytes(8).toString('hex')
    const checked = await checkPlan(plan, config, options.config, id)
    const journal: Journal = { format: 1, id, kind: plan.kind, title: plan.title, at: Date.now(), stage: 'applying', steps: [...checked.steps], folders: [...checked.folders] }
    const own = await makeOwnFolder(config, step)
    try {
      await makeChanges(plan, journal, config, own, options, step)
    } catch (thrown) {
      await undoHalf(config, own, journal, options)
      throw asProblem(thrown, options.signal)
    }
    await own.close()
    const written = journal.steps.filter((step) => step.kind === 'write')
    const files = written.map(({ place, sha256 }) => ({ path: pathAt(options.config, place), sha256 }))
    return { id, config: options.config, files }
  } finally {
    await config.close()
  }
}

async function makeOwnFolder(config: Folder, step: StepHook): Promise<Folder> {
  try {
    await step('make .firstnode')
    return await openOwnFolder(config)
  } catch (thrown) {
    throw diskProblem(thrown, join(config.path, ownName))
  }
}

async function makeChanges(plan: Plan, journal: Journal, config: Folder, own: Folder, options: ApplyOptions, step: StepHook): Promise<void> {
  const telling = async (path: string, deed: () => Promise<void>): Promise<void> => {
    try {
      await deed()
    } catch (thrown) {
      throw options.signal?.aborted ? thrown : diskProblem(thrown, path)
    }
  }
  await telling(own.path, async () => {
    await step('write the journal')
    await writeJournal(own, journal)
    await step('begin')
    await beginProgress(own, journal)
    await step('make before')
    await makeBefore(own, () => step('give before'))
  })
  for (const [index, change] of plan.changes.entries()) {
    const planned = journal.steps[index]
    if (planned === undefined) throw new Error('the journal has fewer steps than the plan')
    const place = planned.kind === 'rename' ? planned.from : planned.place
    await telling(pathAt(config.path, place), async () => {
      await step(`begin step ${index + 1}`)
      await moveProgress(own, journal, index + 1)
      await makeChange(change, planned, { config, own, step, beforeReplace: options.beforeReplace, close: options.close === undefined ? closeHere : options.close })
    })
    options.onChange?.(change, index + 1, plan.changes.length)
  }
  await telling(own.path, async () => {
    await step('end the journal')
    await writeJournal(own, { ...journal, stage: 'applied' })
  })
}

interface Making {
  readonly config: Folder
  readonly own: Folder
  readonly step: StepHook
  readonly beforeReplace: ApplyOptions['beforeReplace']
  readonly close: Close | null
}

const closeHere: Close | null = process.platform === 'win32' ? closeToOthers : null

async function makeChange(change: Change, planned: JournalStep, { config, own, step, beforeReplace, close }: Making): Promise<void> {
  if (change.kind === 'create-directory' && planned.kind === 'create-directory') {
    await step(`make ${planned.place}`)
    await inParent(config, planned.place, async (folder, name) => {
      await makeDirectory(folder, name, change, () => step(`give ${planned.place}`))
      if ((change.mode & 0o007) === 0) await close?.(folder.at(name), 'folder')
    })
  } else if (change.kind === 'write' && planned.kind === 'write') {
    await inParent(config, planned.place, async (folder, name) => {
      await step(`write beside ${planned.place}`)
      await createFile(folder, planned.torn, change.content, { ...change, close: change.secret ? close : null })
      await beforeReplace?.(change, join(folder.path, planned.torn))
      if (planned.before !== null) {
        await step(`keep ${planned.place}`)
        await keepOriginal(own, folder, name, planned.before)
      }
      await step(`put in place ${planned.place}`)
      await (planned.before === null ? putWhereNothingIs(folder, planned.torn, name) : renameFile(folder.at(planned.torn), folder.at(name)))
      await syncFolder(folder)
    })
  } else if (change.kind === 'rename' && planned.kind === 'rename') {
    await step(`rename ${planned.from}`)
    await inParent(config, planned.from, (from, old) =>
      inParent(config, planned.to, async (to, now) => {
        await renameFile(from.at(old), to.at(now))
        await syncFolder(from)
        await syncFolder(to)
      }),
    )
  } else if (change.kind === 'delete' && planned.kind === 'delete') {
    await inParent(config, planned.place, async (folder, name) => {
      await step(`keep ${planned.place}`)
      await keepOriginal(own, folder, name, planned.before)
      await step(`delete ${planned.place}`)
      await unlinkFile(folder.at(name))
      await syncFolder(folder)
    })
  }
}

async function makeDirectory(parent: Folder, name: string, change: Change & { kind: 'create-directory' }, give: () => void | Promise<void>): Promise<void> {
  await mkdir(parent.at(name), { mode: 0o700 })
  await give()
  const made = await openFolder(change.path, parent.at(name))
  try {
    if (made.handle !== null) {
      // a folder that is not empty was not made here: another took its name
      if ((await readdir(made.at('.'))).length > 0) throw problem('changed_meanwhile', { path: change.path })
      if (change.owner !== null) await giveOwner(made.handle, change.owner)
      await made.handle.chmod(change.mode)
    }
    await syncFolder(parent)
  } finally {
    await made.close()
  }
}

/** A link fails where a file appeared since the plan was checked; a rename would overwrite it. */
async function putWhereNothingIs(folder: Folder, torn: string, name: string): Promise<void> {
  const linked = await link(folder.at(torn), folder.at(name)).then(
    () => true,
    (thrown: unknown) => {
      if (codeOf(thrown) === 'EEXIST') throw problem('changed_meanwhile', { path: join(folder.path, name) })
      return false
    },
  )
  await (linked ? unlinkFile(folder.at(torn)) : renameFile(folder.at(torn), folder.at(name)))
}

async function undoHalf(config: Folder, own: Folder, journal: Journal, options: ApplyOptions): Promise<void> {
  try {
    await putBack(config, own, journal, { policy: 'refuse', step: async (name) => options.beforeStep?.(name) })
    await removeJournal(own)
    await endProgress(own, journal)
    await leaveOwnFolder(config, own)
  } catch (thrown) {
    await own.close().catch(() => undefined)
    const { code, message } = diskProblem(thrown, config.path)
    throw code === 'put_back_failed' ? thrown : problem('put_back_failed', { config: config.path, what: message }, { cause: thrown })
  }
}

async function refuseUnfit(config: Folder, options: ApplyOptions): Promise<void> {
  const { owner } = options
  if (isRoot() && owner !== null && config.uid !== owner.uid)
    throw problem('untrusted_folder', { path: config.path, why: `belongs to another account (${config.uid}) than the one that runs the node (${owner.uid})` })
  const own = await findOwnFolder(config)
  if (own === null) return
  try {
    const journal = await readJournal(own)
    if (journal === null) return
    if (!(await readSettled(own)).some(({ id }) => id === journal.id)) throw problem('recover_first', { config: config.path })
    // It was settled, and only the removal of its journal was cut off.
    await removeJournal(own)
  } finally {
    await own.close()
  }
}

function stepper({ signal, beforeStep }: ApplyOptions): StepHook {
  return async (name) => {
    if (signal?.aborted) throw problem('cancelled', {})
    await beforeStep?.(name)
    if (signal?.aborted) throw problem('cancelled', {})
  }
}
