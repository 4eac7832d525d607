import { join } from 'node:path'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { assess, beside, tornPlace, type Assessment } from './assess.ts'
import { codeOf, diskProblem } from './disk-problem.ts'
import { ForeseenPutBack, liveDisk } from './disk-view.ts'
import { readdir } from './disk.ts'
import { sha256 } from './entry.ts'
import { restoreFolderTimes } from './folder-before.ts'
import { inFolder, inParent, pathAt, syncFolder, type Folder } from './folder.ts'
import { beforeName, type Journal, type JournalStep, type Kept } from './journal.ts'
import { ignoreGone, ignoreMissing } from './own-folder.ts'
import { removeFolder, unlinkFile } from './patiently.ts'
import { moveProgress, readProgress } from './progress.ts'
import { renameFile } from './rename-file.ts'
import { backName, freeNameBeside, keepBeside, putText, restoreKept } from './restore.ts'

/** What putting back did, or would do. Paths are absolute. */
export interface PutBack {
  /** what was there before is there again */
  readonly restored: string[]
  /** ours, gone */
  readonly removed: string[]
  /** texts that lost our lines and keep what a person edited since */
  readonly merged: string[]
  /** kept under a new name beside, because it is not as we wrote it */
  readonly beside: string[]
  /** somebody's: untouched, and why */
  readonly kept: { readonly path: string; readonly reason: string }[]
}

export interface PutBackOptions {
  /** `refuse`: `changed_since` before anything is touched, where somebody changed what is ours. `keep`: leave that, and name it. */
  readonly policy: 'refuse' | 'keep'
  readonly step: (name: string) => Promise<void>
}

export const nothingPutBack = (): PutBack => ({ restored: [], removed: [], merged: [], beside: [], kept: [] })

/**
 * Puts a journal's steps back, from the last to the first, from whatever state the disk is in. It can be killed at any moment and repeated:
 * each step looks at the disk and does what is left to do. The journal itself stays: the caller ends it. Problems: `changed_since`, `put_back_failed`.
 */
export async function putBack(config: Folder, own: Folder, journal: Journal, options: PutBackOptions): Promise<PutBack> {
  try {
    return await putAllBack(config, own, journal, options)
  } catch (thrown) {
    // A refusal has touched nothing.
    if (thrown instanceof Problem && codeOf(thrown) === null) throw thrown
    throw problem('put_back_failed', { config: config.path, what: diskProblem(thrown, config.path).message }, { cause: thrown })
  }
}

async function putAllBack(config: Folder, own: Folder, journal: Journal, options: PutBackOptions): Promise<PutBack> {
  if (options.policy === 'refuse') refuseChanged(config, await foresee(own, journal, new ForeseenPutBack(liveDisk(config, own), journal.id)))
  const result = nothingPutBack()
  const disk = liveDisk(config, own)
  const count = await readProgress(own, journal)
  // the one that was put back last may have left something, if that was interrupted
  for (const step of journal.steps.slice(count, count + 1)) await clearBeside(config, step)
  for (const [index, step] of [...journal.steps.slice(0, count).entries()].toReversed()) {
    const assessment = await assess(step, index < count - 1 || journal.stage === 'applied', disk)
    note(result, config, step, assessment)
    await options.step(`put back ${step.kind === 'rename' ? step.from : step.place}`)
    await perform(step, assessment, { config, own, options, result })
    await options.step(`step ${index + 1} is put back`)
    await moveProgress(own, journal, index)
    await options.step(`clear beside step ${index + 1}`)
    await clearBeside(config, step)
  }
  await options.step('drop what was kept')
  await dropKept(own, journal)
  await options.step('give folders their times')
  await restoreFolderTimes(config, journal.folders)
  return result
}

/** What putting back would do, without touching anything. */
export async function foreseePutBack(config: Folder, own: Folder, journals: readonly Journal[]): Promise<PutBack> {
  const result = nothingPutBack()
  let disk = liveDisk(config, own)
  for (const journal of journals.toReversed()) {
    const foreseen = new ForeseenPutBack(disk, journal.id)
    const one = nothingPutBack()
    for (const [step, assessment] of await foresee(own, journal, foreseen)) note(one, config, step, assessment)
    add(result, one)
    disk = foreseen
  }
  return result
}

/** Adds what putting one more plan back did; a file that several plans wrote is told once. */
export function add(to: PutBack, more: PutBack): void {
  for (const what of ['restored', 'removed', 'merged'] as const) to[what].push(...more[what].filter((path) => !to[what].includes(path)))
  to.beside.push(...more.beside)
  to.kept.push(...more.kept)
}

type Assessed = readonly (readonly [JournalStep, Assessment])[]

async function foresee(own: Folder, journal: Journal, disk: ForeseenPutBack): Promise<Assessed> {
  const assessed: [JournalStep, Assessment][] = []
  const count = await readProgress(own, journal)
  for (const [index, step] of [...journal.steps.slice(0, count).entries()].toReversed()) {
    const assessment = await assess(step, index < count - 1 || journal.stage === 'applied', disk)
    disk.putBack(step, assessment)
    assessed.push([step, assessment])
  }
  return assessed
}

function refuseChanged(config: Folder, assessed: Assessed): void {
  const theirs = assessed.filter(([, { verdict, ...more }]) => verdict === 'changed' || ('overlapping' in more && more.overlapping))
  if (theirs.length === 0) return
  const detail = theirs.map(([step, assessment]) => `${pathOf(config, step)}: ${assessment.verdict === 'changed' ? assessment.reason : 'edited among our lines'}`).join('\n')
  throw problem('changed_since', { paths: theirs.map(([step]) => pathOf(config, step)) }, { detail })
}

interface Doing {
  readonly config: Folder
  readonly own: Folder
  readonly options: PutBackOptions
  readonly result: PutBack
}

async function perform(step: JournalStep, assessment: Assessment, doing: Doing): Promise<void> {
  if (assessment.verdict === 'done') return
  if (assessment.verdict === 'changed') {
    if (step.kind === 'write' || step.kind === 'delete') await layBeside(step, doing)
    return
  }
  if (step.kind === 'rename') return renameBack(doing.config, step)
  await inParent(doing.config, step.place, async (folder, name) => {
    if (step.kind === 'create-directory') await removeFolder(folder.at(name))
    else await putFileBack(folder, name, step.before, assessment, doing)
    await syncFolder(folder)
  })
}

async function putFileBack(folder: Folder, name: string, before: Kept | null, assessment: Assessment, { own, options, result }: Doing): Promise<void> {
  const edited = assessment.verdict === 'rewritten' || (assessment.verdict === 'merge' && assessment.overlapping)
  if (edited && options.policy === 'keep') {
    result.beside.push(join(folder.path, await keepBeside(folder, name)))
    await options.step(`kept beside ${name}`)
  }
  if (before === null) await unlinkFile(folder.at(name)).catch(ignoreGone)
  else if (assessment.verdict === 'merge' && sha256(Buffer.from(assessment.text)) !== before.sha256) await putText(folder, name, assessment.text, before)
  else await inFolder(own, [beforeName], (kept) => restoreKept(kept, folder, name, before))
}

/** Somebody's file stays where the original was: the original is laid beside it. */
async function layBeside(step: JournalStep & { kind: 'write' | 'delete' }, { config, own, options, result }: Doing): Promise<void> {
  const { before } = step
  if (before === null || (await liveDisk(config, own).kept(before.name)).kind === 'absent') return
  await options.step(`lay beside ${step.place}`)
  await inParent(config, step.place, async (folder, name) => {
    const beside = await freeNameBeside(folder, name)
    await inFolder(own, [beforeName], (kept) => restoreKept(kept, folder, beside, before))
    result.beside.push(join(folder.path, beside))
  })
}

async function renameBack(config: Folder, step: JournalStep & { kind: 'rename' }): Promise<void> {
  await inParent(config, step.from, (from, old) =>
    inParent(config, step.to, async (to, now) => {
      await renameFile(to.at(now), from.at(old))
      await syncFolder(from)
      await syncFolder(to)
    }),
  )
}

function note(result: PutBack, config: Folder, step: JournalStep, assessment: Assessment): void {
  const path = pathOf(config, step)
  const isNew = step.kind === 'create-directory' || (step.kind === 'write' && step.before === null)
  if (assessment.verdict === 'changed') result.kept.push({ path, reason: assessment.reason })
  else if (assessment.verdict === 'merge') result.merged.push(path)
  else if (assessment.verdict !== 'done') {
    const now = step.kind === 'rename' ? pathAt(config.path, step.from) : path
    ;(isNew ? result.removed : result.restored).push(now)
  }
}

/** The path as it stands now: of a rename the new one. */
function pathOf(config: Folder, step: JournalStep): string {
  return pathAt(config.path, step.kind === 'rename' ? step.to : step.place)
}

/** What a step may have left beside its place: not whole, never in place. */
async function clearBeside(config: Folder, step: JournalStep): Promise<void> {
  if (step.kind !== 'write') return
  const places = [tornPlace(step), ...(step.before === null ? [] : [beside(step.place, backName(step.before))])]
  for (const place of places) await inParent(config, place, (folder, name) => unlinkFile(folder.at(name))).catch(ignoreMissing)
}

/** What is left in `before/` of a journal, and the folder when nothing is. */
export async function dropKept(own: Folder, journal: Journal): Promise<void> {
  await inFolder(own, [beforeName], async (before) => {
    for (const name of await readdir(before.at('.'))) if (name.startsWith(`${journal.id}-`)) await unlinkFile(before.at(name)).catch(ignoreGone)
  }).catch(ignoreMissing)
  await removeFolder(own.at(beforeName)).catch((thrown: unknown) => {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(thrown) ?? '')) throw thrown
  })
}
