import { lstat, readdir, readFile, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Installation } from '../../shared/contract/installation.ts'
import { createFile } from '../plan/create-file.ts'
import { openConfig, openFolder, type Folder } from '../plan/folder.ts'
import { findOwnFolder, leaveOwnFolder, openOwnFolder, parseJson, readOwn, removeOwn, writeOwn } from '../plan/own-folder.ts'

const fileName = 'traces.json'
/** Old logs are remembered up to this size (bytes, all together); beyond it they stay as the run leaves them. */
const rememberedLogBytes = 8 * 1024 * 1024

const logFile = z.object({
  name: z.string().regex(/^[^/\\]+$/),
  /** base64; null where the logs were too big to remember */
  content: z.string().nullable(),
  mode: z.number(),
  uid: z.number(),
  gid: z.number(),
  mtimeMs: z.number(),
  atimeMs: z.number(),
})
const tracesSchema = z.object({
  format: z.literal(1),
  dataAbsent: z.array(z.string()),
  dataEmpty: z.array(z.string()),
  logs: z.string(),
  logsExisted: z.boolean(),
  logFiles: z.array(logFile),
  folders: z.array(z.object({ path: z.string(), mtimeMs: z.number(), atimeMs: z.number() })),
})
type Traces = z.infer<typeof tracesSchema>
type LogFile = z.infer<typeof logFile>

/**
 * Remembers in `CONFIG/.firstnode/traces.json` what data and logs were before a node's first start, so that a later process
 * can put it back as well. A data folder that holds something is not remembered, and so never touched.
 */
export async function rememberBeforeStart(installation: Pick<Installation, 'home' | 'config' | 'data' | 'logs'>): Promise<void> {
  const { home, data, logs } = installation
  const dataAbsent: string[] = []
  const dataEmpty: string[] = []
  for (const path of data) {
    const entries = await entriesOf(path)
    if (entries === null) dataAbsent.push(path)
    else if (entries.length === 0) dataEmpty.push(path)
  }
  const logFiles = await lookAtLogs(logs)
  const folders = await timesOf([home, dirname(logs), logs, ...dataEmpty, ...dataAbsent.map((path) => dirname(path))])
  const traces: Traces = { format: 1, dataAbsent, dataEmpty, logs, logsExisted: logFiles !== null, logFiles: logFiles ?? [], folders }
  await inOwn(installation.config, 'make', (own) => writeOwn(own, fileName, JSON.stringify(traces)))
}

/** Whether data was formed since: a data folder that was absent or empty then holds something now. */
export async function dataWasFormed(config: string): Promise<boolean> {
  const traces = await readTraces(config)
  if (traces === null) return false
  for (const path of [...traces.dataAbsent, ...traces.dataEmpty]) if (((await entriesOf(path)) ?? []).length > 0) return true
  return false
}

/** The data folders that undoing would delete or empty. */
export async function formedData(config: string): Promise<string[]> {
  const traces = await readTraces(config)
  return traces === null ? [] : [...traces.dataAbsent, ...traces.dataEmpty]
}

/** What the run left in its data folders goes, logs become what they were. Nothing that was there before is deleted. Can be killed and repeated. */
export async function removeTraces(config: string): Promise<void> {
  const traces = await readTraces(config)
  if (traces === null) return
  for (const path of traces.dataAbsent) await rm(path, { recursive: true, force: true })
  for (const path of traces.dataEmpty) for (const name of (await entriesOf(path)) ?? []) await rm(join(path, name), { recursive: true, force: true })
  if (traces.logsExisted) await restoreLogs(traces)
  else await rm(traces.logs, { recursive: true, force: true })
  for (const { path, mtimeMs, atimeMs } of traces.folders) await utimes(path, atimeMs / 1000, mtimeMs / 1000).catch(() => undefined)
  await forgetTraces(config)
}

async function forgetTraces(config: string): Promise<void> {
  await inOwn(config, 'find', (own) => removeOwn(own, fileName))
}

async function lookAtLogs(logs: string): Promise<LogFile[] | null> {
  const names = await entriesOf(logs)
  if (names === null) return null
  const files: LogFile[] = []
  let bytes = 0
  for (const name of names) {
    const path = join(logs, name)
    const stat = await lstat(path)
    if (stat.isFile()) bytes += stat.size
    const content = stat.isFile() && bytes <= rememberedLogBytes ? (await readFile(path)).toString('base64') : null
    files.push({ name, content, mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, mtimeMs: stat.mtimeMs, atimeMs: stat.atimeMs })
  }
  return bytes <= rememberedLogBytes ? files : files.map((file) => ({ ...file, content: null }))
}

async function restoreLogs(traces: Traces): Promise<void> {
  const before = new Map(traces.logFiles.map((file) => [file.name, file]))
  for (const name of (await entriesOf(traces.logs)) ?? []) {
    const known = before.get(name)
    const unchanged = known !== undefined && (known.content === null || (await isAsBefore(join(traces.logs, name), known)))
    if (unchanged) before.delete(name)
    else await rm(join(traces.logs, name), { recursive: true, force: true })
  }
  const folder = await openFolder(traces.logs)
  try {
    for (const file of before.values()) if (file.content !== null) await putLog(folder, file, file.content)
  } finally {
    await folder.close()
  }
}

async function isAsBefore(path: string, before: LogFile): Promise<boolean> {
  const stat = await lstat(path)
  return stat.isFile() && stat.mtimeMs === before.mtimeMs && (await readFile(path)).toString('base64') === before.content
}

async function putLog(folder: Folder, { name, mode, uid, gid, mtimeMs, atimeMs }: LogFile, content: string): Promise<void> {
  const nanoseconds = (ms: number): string => String(BigInt(Math.round(ms * 1000)) * 1000n)
  const times = { atimeNs: nanoseconds(atimeMs), mtimeNs: nanoseconds(mtimeMs) }
  await createFile(folder, name, Buffer.from(content, 'base64'), { mode, owner: process.platform === 'win32' ? null : { uid, gid }, times })
}

async function readTraces(config: string): Promise<Traces | null> {
  const text = await inOwn(config, 'find', (own) => readOwn(own, fileName))
  return text === null ? null : tracesSchema.parse(parseJson(text))
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
  return readdir(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return null
    throw thrown
  })
}

async function timesOf(paths: readonly string[]): Promise<Traces['folders']> {
  const folders: Traces['folders'] = []
  for (const path of new Set(paths)) {
    const stat = await lstat(path).catch(() => null)
    if (stat !== null) folders.push({ path, mtimeMs: stat.mtimeMs, atimeMs: stat.atimeMs })
  }
  return folders
}
