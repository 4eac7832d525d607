import { realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'
import { applyPlan } from '../plan/apply.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { ownerOfFolder } from '../plan/owner-of-folder.ts'
import type { Owner, Plan } from '../plan/plan.ts'
import { add, nothingPutBack, type PutBack } from '../plan/put-back.ts'
import { journalState, recover } from '../plan/recover.ts'
import { previewRollBack, rollBack } from '../plan/roll-back.ts'
import { settle } from '../plan/settled.ts'
import { previewUndo, undoFiles, whatIsThere } from '../plan/undo.ts'
import { beginUndo, endUndo, isUndoBegun, unfinishedIn } from '../plan/unfinished.ts'
import { inspectKibana, isFolder, settingsBytes, type KibanaHome } from './kibana-home.ts'
import type { KibanaPlan } from './kibana-plan.ts'
import { writtenFolders } from './written-folders.ts'

export interface ChangeOptions {
  readonly signal?: AbortSignal | undefined
  /** called by root: who runs Kibana, and so owns its data; a data folder of somebody else is refused, since settings of that account name it */
  readonly account?: Account | null
  /** before each deed on the disk; for tests that end the process there */
  readonly beforeStep?: (step: string) => void | Promise<void>
}

type Places = Pick<KibanaHome, 'home' | 'config' | 'data'>

/**
 * Writes the certificate, then the settings that name it, each as a plan of its own folder; all of it stands, or nothing. The moment that decides is when the settings
 * are settled: until then `recoverKibana` takes both back, from then on it completes what is left to do. What earlier
 * connections left is removed at the end. The caller holds the lock. Problems: those of `applyPlan`.
 */
export async function applyKibana({ config, data }: Places, plan: KibanaPlan, options: ChangeOptions = {}): Promise<void> {
  const more = { ...(options.signal === undefined ? {} : { signal: options.signal }), ...(options.beforeStep === undefined ? {} : { beforeStep: options.beforeStep }) }
  const write = async (folder: string, one: Plan, owner?: Owner): Promise<unknown> => applyPlan(one, { config: folder, owner: owner ?? ownerOfFolder(folder), ...more })
  const step = async (name: string): Promise<void> => options.beforeStep?.(name)
  if (await isOneFolder(config, data)) {
    await write(config, { ...plan.settings, changes: [...plan.certificate.changes, ...plan.settings.changes] })
    await settle(config)
    return cleanUp(config, plan, options)
  }
  await write(data, plan.certificate, options.account ?? undefined)
  try {
    await step('write the settings')
    await write(config, plan.settings)
    await step('settle the settings')
    await settle(config)
  } catch (thrown) {
    await rollBack(config)
    await rollBack(data)
    throw thrown
  }
  await step('settle the certificate')
  await settle(data)
  await cleanUp(data, plan, options)
}

/** The connection stands by now: what cannot be removed is left, and a death here is taken back by `recoverKibana`. */
async function cleanUp(data: string, { cleanup }: KibanaPlan, { account, beforeStep }: ChangeOptions): Promise<void> {
  if (cleanup === null) return
  const step = beforeStep === undefined ? {} : { beforeStep }
  const done = applyPlan(cleanup, { config: data, owner: account ?? ownerOfFolder(data), ...step })
  if (await done.then(() => true, () => false)) await settle(data)
}

/**
 * What to do first on a Kibana whose Firstnode died: both files are taken back where the settings did not stand yet, and both
 * stand where they did; an undo is taken to its end. Does nothing where nothing is left over. The caller holds the lock. Problems: `changed_since`, `put_back_failed`, `journal_unreadable`.
 */
export async function recoverKibana({ home, config, data }: Places): Promise<void> {
  if (await isUndoBegun(config)) return void (await undoKibana({ home, config, data }))
  await recover(config)
  if ((await isOneFolder(config, data)) || !(await isFolder(data))) return
  if ((await journalState(data)) !== 'unsettled') return void (await recover(data))
  const { settingsFile } = await inspectKibana({ home, config }, { lenient: true })
  const bytes = await settingsBytes(settingsFile)
  const { removed } = await previewRollBack(data)
  // By its name, which no other has, the settings tell whether they stand.
  const named = removed.length > 0 && removed.every((path) => bytes?.includes(basename(path)) === true)
  await (named ? settle(data) : rollBack(data))
}

/** Whether a death of Firstnode left something to be done. Touches nothing. */
export async function isKibanaTorn({ config, data }: Places): Promise<boolean> {
  if (await isUndoBegun(config)) return true
  return (await journalState(config)) !== 'none' || ((await isFolder(data)) && (await journalState(data)) !== 'none')
}

/**
 * Whether an earlier Firstnode died while it connected this Kibana or took that back. Touches nothing. Problem:
 * `journal_unreadable`.
 */
export async function isKibanaUnfinished(kibana: Places): Promise<boolean> {
  for (const folder of [kibana.config, ...(await writtenFolders(kibana))]) {
    if ((await unfinishedIn(folder)) !== null) return true
  }
  return false
}

/**
 * Takes back what was written, settings first, whatever these say now; a person's edits since stay. Can be killed and
 * repeated. The caller holds the lock. Problems: `put_back_failed`, `journal_unreadable`.
 */
export async function undoKibana(kibana: Places, options: ChangeOptions = {}): Promise<PutBack> {
  const more = options.beforeStep === undefined ? {} : { beforeStep: options.beforeStep }
  const result = nothingPutBack()
  await beginUndo(kibana.config)
  for (const folder of [kibana.config, ...(await writtenFolders(kibana))]) add(result, await undoFiles(folder, more))
  await endUndo(kibana.config)
  return result
}

/**
 * Whether there is anything for `undoKibana`: also a plan that was interrupted, or traces of one that was killed before
 * it changed anything. Touches nothing.
 */
export async function isKibanaUndoable(kibana: Places): Promise<boolean> {
  return (await whatIsThere(kibana.config)) !== 'nothing' || (await writtenFolders(kibana)).length > 0
}

/** What `undoKibana` would do; touches nothing. */
export async function previewKibanaUndo(kibana: Places): Promise<PutBack> {
  const result = nothingPutBack()
  for (const folder of [kibana.config, ...(await writtenFolders(kibana))]) add(result, await previewUndo(folder))
  return result
}

/** Nobody else writes to this Kibana meanwhile: whoever works on it has its config directory. Problem: `busy`. */
export function withKibanaLocked<T>({ config }: Places, work: () => Promise<T>): Promise<T> {
  return withHomeLocked(config, work)
}

async function isOneFolder(config: string, data: string): Promise<boolean> {
  return (await realpath(config).catch(() => config)) === (await realpath(data).catch(() => data))
}
