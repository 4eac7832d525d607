import { basename, dirname, join, relative, sep } from 'node:path'
import { z } from 'zod'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { findForAccount, trustedOwner } from '../installation/account-folder.ts'
import { lstat, readdir, stat, utimes } from '../plan/disk.ts'
import { codeOf } from '../plan/disk-problem.ts'
import { openConfig, type Folder } from '../plan/folder.ts'
import { findOwnFolder, hasSetup, leaveOwnFolder, openOwnFolder, ownName, parseJson, readOwn, removeOwn, tracesName, writeOwn } from '../plan/own-folder.ts'
import { emptyFolder, removeEntry } from '../plan/remove-entry.ts'
import { setTimes, timesSchema } from '../plan/times.ts'
import { logFile, lookAtLogs, restoreLogs } from './log-traces.ts'

const tracesSchema = z.object({
  format: z.literal(1),
  /** where the home was then; it may be moved */
  home: z.string().optional(),
  dataAbsent: z.array(z.string()),
  dataEmpty: z.array(z.string()),
  logs: z.string(),
  logsExisted: z.boolean(),
  logFiles: z.array(logFile),
  folders: z.array(timesSchema.extend({ path: z.string() })),
})
type Traces = z.infer<typeof tracesSchema>

/** Where the traces of a node lie. `runAs` is who runs it: root does there only what that account could do itself. */
export type TracedNode = Pick<Installation, 'home' | 'config' | 'data' | 'logs' | 'runAs'>

/**
 * Remembers in `CONFIG/.firstnode/traces.json` what data and logs were before a node's first start, so that a later process
 * can put it back as well. A data folder that holds something is not remembered, and so never touched.
 */
export async function rememberBeforeStart(node: TracedNode): Promise<void> {
  const { home, data, logs, runAs } = node
  const dataAbsent: string[] = []
  const dataEmpty: string[] = []
  for (const path of data) {
    const entries = await entriesOf(path)
    if (entries === null) dataAbsent.push(path)
    else if (entries.length === 0) dataEmpty.push(path)
  }
  const logFiles = await lookAtLogs(logs, runAs)
  const folders = await timesOf([home, dirname(logs), logs, ...dataEmpty, ...dataAbsent.map((path) => dirname(path))])
  const traces: Traces = { format: 1, home, dataAbsent, dataEmpty, logs, logsExisted: logFiles !== null, logFiles: logFiles ?? [], folders }
  await inOwn(node.config, 'make', (own) => writeOwn(own, tracesName, JSON.stringify(traces)))
}

/** Whether data was formed since: a data folder that was absent or empty then holds something now. */
export async function dataWasFormed(node: TracedNode): Promise<boolean> {
  for (const path of await formedData(node)) if (((await entriesOf(path)) ?? []).length > 0) return true
  return false
}

/** The data folders that undoing would delete or empty. */
export async function formedData(node: TracedNode): Promise<string[]> {
  const traces = await readTraces(node)
  return traces === null ? [] : [...traces.dataAbsent, ...traces.dataEmpty]
}

/**
 * What the run left in its data folders goes, logs become what they were. Nothing that was there before is deleted, and nothing but the folders that the
 * node's own settings name; called by root, only where they belong to the account that runs it. Can be killed and repeated. Problems: `untrusted_folder`, `not_a_folder`.
 */
export async function removeTraces(node: TracedNode): Promise<void> {
  const traces = await readTraces(node)
  if (traces !== null) await putBackTraces(node, traces)
  await inOwn(node.config, 'find', (own) => removeOwn(own, tracesName))
}

async function putBackTraces(node: TracedNode, traces: Traces): Promise<void> {
  const { runAs } = node
  for (const path of traces.dataAbsent) await removeFolder(path, node)
  for (const path of traces.dataEmpty) await inFound(await findForAccount(path, runAs, 'own'), (folder) => emptyFolder(folder, trustedOwner(runAs)))
  if (traces.logs === node.logs) {
    if (!traces.logsExisted) await removeFolder(node.logs, node)
    else if ((await entriesOf(node.logs)) !== null) await restoreLogs(node.logs, traces.logFiles, runAs)
  }
  for (const folder of traces.folders) await giveTimes(folder, node)
}

/** A folder that the run made: the account that runs it owns it, and may take it away. */
async function removeFolder(path: string, { runAs }: TracedNode): Promise<void> {
  if ((await lstat(path).catch(() => null)) === null) return
  await inFound(await findForAccount(dirname(path), runAs, 'write'), async (above) => {
    await removeEntry(above, basename(path), trustedOwner(runAs))
  })
}

async function giveTimes({ path, ...times }: Traces['folders'][number], { runAs }: TracedNode): Promise<void> {
  const folder = await findForAccount(path, runAs, 'own').catch(() => null)
  await inFound(folder, async ({ handle }) => {
    await (handle === null ? utimes(path, Number(times.atimeNs) / 1e9, Number(times.mtimeNs) / 1e9) : setTimes(handle, times)).catch(() => undefined)
  })
}

async function inFound(folder: Folder | null, use: (folder: Folder) => Promise<void>): Promise<void> {
  if (folder === null) return
  try {
    await use(folder)
  } finally {
    await folder.close()
  }
}

/** The folders whose times a run may change. */
function foldersAround({ home, data, logs }: TracedNode): string[] {
  return [home, dirname(logs), logs, ...data, ...data.map((path) => dirname(path))]
}

/**
 * The record belongs to the owner of the config directory, who may have written anything there: what the settings do not name is not in it. Without a setup it means nothing: a
 * process that was killed before it wrote any file has left it, and whatever is in the data folders since is somebody else's.
 */
async function readTraces(node: TracedNode): Promise<Traces | null> {
  const text = await inOwn(node.config, 'find', async (own) => ((await hasSetup(own)) ? readOwn(own, tracesName) : null))
  if (text === null) return null
  const parsed = tracesSchema.safeParse(parseJson(text))
  if (!parsed.success) throw problem('record_unreadable', { path: join(node.config, ownName, tracesName) }, { detail: parsed.error.message })
  const { home: then = node.home, dataAbsent, dataEmpty, logs, folders, ...rest } = parsed.data
  const now = (path: string): string => (path === then || path.startsWith(then + sep) ? join(node.home, relative(then, path)) : path)
  const around = foldersAround(node)
  return {
    ...rest,
    dataAbsent: dataAbsent.map(now).filter((path) => node.data.includes(path)),
    dataEmpty: dataEmpty.map(now).filter((path) => node.data.includes(path)),
    logs: now(logs),
    folders: folders.map(({ path, ...times }) => ({ path: now(path), ...times })).filter(({ path }) => around.includes(path)),
  }
}

async function inOwn<T>(config: string, how: 'make' | 'find', use: (own: Folder) => Promise<T>): Promise<T | null> {
  const folder = await openConfig(config)
  try {
    const own = how === 'make' ? await openOwnFolder(folder) : await findOwnFolder(folder)
    if (own === null) return null
    try {
      return await use(own)
    } finally {
      await leaveOwnFolder(folder, own)
    }
  } finally {
    await folder.close()
  }
}

async function entriesOf(path: string): Promise<string[] | null> {
  return readdir(path).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return null
    throw thrown
  })
}

async function timesOf(paths: readonly string[]): Promise<Traces['folders']> {
  const folders: Traces['folders'] = []
  for (const path of new Set(paths)) {
    // Of the folder itself: where the path is a link, that has times of its own.
    const times = await stat(path, { bigint: true }).catch(() => null)
    if (times !== null) folders.push({ path, atimeNs: String(times.atimeNs), mtimeNs: String(times.mtimeNs) })
  }
  return folders
}
