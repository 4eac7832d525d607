import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, lchown, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Installation } from '../../../shared/contract/installation.ts'
import { giveTree } from '../../../engine/installation/give-tree.ts'
import { readHomeSettings } from '../../../engine/installation/home-settings.ts'
import { javaIn } from '../../../engine/installation/java-runtime.ts'
import { homeFromPristine } from '../../../engine/installation/practice-home.ts'
import { openConsoleFiles } from '../../../engine/node/console-files.ts'
import { findNode } from '../../../engine/node/find-node.ts'
import { writeNodeRecord } from '../../../engine/node/node-record.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import { applyPlan } from '../../../engine/plan/apply.ts'
import { processIdentity } from '../../../engine/plan/process-identity.ts'
import { readSettingsText } from '../../../engine/preflight/settings-file.ts'
import { openKeystore } from '../../../engine/security/read-config-file.ts'
import { keepLog } from '../../../engine/setup/keep-log.ts'
import { dataWasFormed, formedData, rememberBeforeStart, removeTraces } from '../../../engine/setup/node-traces.ts'
import { folderTree } from '../../support/folder-tree.ts'

/** What happens right after a look at a file, before the deed: the moment of an exchange. */
let afterLook: ((path: string) => Promise<void>) | null = null
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const lstat = async (...asked: Parameters<typeof real.lstat>) => {
    const stat = await real.lstat(...asked)
    await afterLook?.(String(asked[0]))
    return stat
  }
  return { ...real, lstat }
})

const account = { name: null, uid: 1000, gid: 1000, groups: [1000] }
let folder: string
let home: string
/** a folder of root's, beside the home, that the account must not get at */
let roots: string
let rootsBefore: string[]
const at = (...parts: string[]): string => join(home, ...parts)
const node = (): Installation => ({ home, config: at('config'), data: [at('data')], logs: at('logs'), runAs: account, version: '9.4.3', layout: 'archive' }) as unknown as Installation

beforeEach(async () => {
  if (process.getuid?.() !== 0) throw new Error('this test looks at what root does for another account: run it as root')
  folder = await realpath(await mkdtemp(join(tmpdir(), 'firstnode-root-')))
  await chmod(folder, 0o755)
  home = join(folder, 'home')
  for (const name of ['config', 'logs']) await mkdir(at(name), { recursive: true })
  await giveTree(home, account)
  roots = join(folder, 'of-root')
  await mkdir(join(roots, 'deep'), { recursive: true })
  await writeFile(join(roots, 'secret'), 'of root alone', { mode: 0o600 })
  await writeFile(join(roots, 'deep', 'x.log'), 'of root as well', { mode: 0o600 })
  rootsBefore = await folderTree(roots)
  vi.stubEnv('FIRSTNODE_STATE', join(folder, 'state'))
})
afterEach(async () => {
  afterLook = null
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

/** As a set-up does it: what is remembered counts once a plan of it is on its way. */
async function beforeStart(traced: Installation): Promise<void> {
  await rememberBeforeStart(traced)
  await applyPlan({ kind: 'first-node', title: '', changes: [] }, { config: traced.config, owner: account })
}

/** As if the account had written it itself. */
async function forge(change: (traces: Record<string, unknown>) => void): Promise<void> {
  const path = at('config', '.firstnode', 'traces.json')
  const traces = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
  change(traces)
  await writeFile(path, JSON.stringify(traces))
}

async function plant(target: string, path: string): Promise<void> {
  await symlink(target, path)
  await lchown(path, account.uid, account.gid)
}

async function formData(): Promise<void> {
  await mkdir(at('data', 'indices', 'one'), { recursive: true })
  await writeFile(at('data', 'indices', 'one', 'segment'), 'data')
  await giveTree(at('data'), account)
}

test('what the node of another account formed is deleted by root, and nothing else', async () => {
  await beforeStart(node())
  await formData()
  await writeFile(at('logs', 'new.log'), 'started')
  expect(await dataWasFormed(node())).toBe(true)
  await removeTraces(node())
  expect(await readdir(home)).toEqual(['config', 'logs'])
  expect(await readdir(at('logs'))).toEqual([])
})

test.each(['dataAbsent', 'dataEmpty'])('a forged record makes root delete no folder that the settings do not name (%s)', async (list) => {
  await beforeStart(node())
  await forge((traces) => Object.assign(traces, { dataAbsent: [], dataEmpty: [], [list]: [roots] }))
  expect(await formedData(node())).toEqual([])
  expect(await dataWasFormed(node())).toBe(false)
  await removeTraces(node())
  expect(await folderTree(roots)).toEqual(rootsBefore)
})

test.each([true, false])('a forged record makes root touch no other logs (existed: %s), and no times of other folders', async (logsExisted) => {
  await beforeStart(node())
  await forge((traces) => Object.assign(traces, { logs: roots, logsExisted, folders: [{ path: roots, atimeNs: '5000000', mtimeNs: '5000000' }] }))
  await removeTraces(node())
  expect(await folderTree(roots)).toEqual(rootsBefore)
})

test('settings that name a folder of root as data do not make root empty it', async () => {
  const forged = { ...node(), data: [roots] }
  await beforeStart(forged)
  for (const list of ['dataAbsent', 'dataEmpty']) {
    await forge((traces) => Object.assign(traces, { dataAbsent: [], dataEmpty: [], [list]: [roots] }))
    await expect(removeTraces(forged)).rejects.toMatchObject({ code: 'untrusted_folder' })
  }
  expect(await folderTree(roots)).toEqual(rootsBefore)
})

test('a copy of its files that root keeps where the account cannot go is not deleted, though it belongs to the account', async () => {
  const backup = join(folder, 'closed', 'backup')
  await mkdir(backup, { recursive: true })
  await writeFile(join(backup, 'kept'), '')
  await giveTree(backup, account)
  await chmod(join(folder, 'closed'), 0o700)
  const forged = { ...node(), data: [backup] }
  await beforeStart(node())
  await forge((traces) => Object.assign(traces, { dataAbsent: [], dataEmpty: [backup] }))
  await expect(removeTraces(forged)).rejects.toMatchObject({ code: 'untrusted_folder' })
  expect(await readdir(backup)).toEqual(['kept'])
})

test.each(['data', 'logs'])('%s exchanged for a link leads root nowhere', async (name) => {
  await mkdir(at('data'))
  await giveTree(at('data'), account)
  await beforeStart(node())
  await rm(at(name), { recursive: true })
  await plant(roots, at(name))
  await expect(removeTraces(node())).rejects.toMatchObject({ code: 'untrusted_folder' })
  expect(await folderTree(roots)).toEqual(rootsBefore)
})

test('a link in the place of data that was not there before goes, and what it leads to stays', async () => {
  await beforeStart(node())
  await plant(roots, at('data'))
  await removeTraces(node())
  expect(await readdir(home)).toEqual(['config', 'logs'])
  expect(await folderTree(roots)).toEqual(rootsBefore)
})

test('a data directory that the person moved elsewhere by a link is emptied there', async () => {
  const elsewhere = join(folder, 'big-disk')
  await mkdir(elsewhere)
  await giveTree(elsewhere, account)
  await plant(elsewhere, at('data'))
  await beforeStart(node())
  await writeFile(join(elsewhere, 'node.lock'), '')
  await removeTraces(node())
  expect(await readdir(elsewhere)).toEqual([])
  expect((await lstat(at('data'))).isSymbolicLink()).toBe(true)
})

test('a folder that is exchanged for a link while root deletes is not followed', async () => {
  await beforeStart(node())
  await formData()
  afterLook = async (path) => {
    if (!path.endsWith('/indices')) return
    afterLook = null
    await rename(at('data', 'indices'), at('data', 'away'))
    await plant(roots, at('data', 'indices'))
  }
  await expect(removeTraces(node())).rejects.toMatchObject({ code: 'not_a_folder' })
  expect(await folderTree(roots)).toEqual(rootsBefore)
  await removeTraces(node())
  expect(await readdir(home)).toEqual(['config', 'logs'])
  expect(await folderTree(roots)).toEqual(rootsBefore)
})

test('a folder of root below the data is not deleted', async () => {
  await beforeStart(node())
  await formData()
  await rename(roots, at('data', 'of-root'))
  await expect(removeTraces(node())).rejects.toMatchObject({ code: 'untrusted_folder' })
  expect(await folderTree(at('data', 'of-root'))).toEqual(rootsBefore)
})

test('logs that a forged record describes are made as the account, without set-uid', async () => {
  await writeFile(at('logs', 'old.log'), 'old')
  await giveTree(at('logs'), account)
  await beforeStart(node())
  await rm(at('logs', 'old.log'))
  await forge((traces) => Object.assign((traces.logFiles as object[])[0] ?? {}, { uid: 0, gid: 0, mode: 0o6755 }))
  await removeTraces(node())
  expect(await lstat(at('logs', 'old.log'))).toMatchObject({ uid: 1000, gid: 1000, mode: 0o100755 })
})

test('what the account may not read is not copied into the record for it: a link, a file of root', async () => {
  await plant(join(roots, 'secret'), at('logs', 'a.log'))
  await writeFile(at('logs', 'b.log'), 'of root alone', { mode: 0o600 })
  afterLook = async (path) => {
    // an exchange after the look: the look still saw a plain file of the account's
    if (!path.endsWith('/c.log')) return
    afterLook = null
    await rm(at('logs', 'c.log'))
    await plant(join(roots, 'secret'), at('logs', 'c.log'))
  }
  await writeFile(at('logs', 'c.log'), '')
  await beforeStart(node())
  const traces = await readFile(at('config', '.firstnode', 'traces.json'), 'utf8')
  expect(traces).not.toContain(Buffer.from('of root alone').toString('base64'))
})

test('a link as the log is not copied where logs of failed starts are kept; a log of its own is, for its caller alone', async () => {
  await plant(join(roots, 'secret'), at('logs', 'elasticsearch.log'))
  expect(await keepLog(node())).toBeNull()
  await rm(at('logs', 'elasticsearch.log'))
  await writeFile(at('logs', 'elasticsearch.log'), 'why it failed')
  await giveTree(at('logs'), account)
  const kept = (await keepLog(node())) ?? ''
  expect(await readFile(kept, 'utf8')).toBe('why it failed')
  expect((await lstat(kept)).mode & 0o777).toBe(0o600)
})

test('logs that lead into a folder of root get no console files there, and none is made for them', async () => {
  await rm(at('logs'), { recursive: true })
  await plant(roots, at('logs'))
  await expect(openConsoleFiles(at('logs'), account)).rejects.toMatchObject({ code: 'untrusted_folder' })
  await expect(openConsoleFiles(join(roots, 'made', 'for-it'), account)).rejects.toMatchObject({ code: 'untrusted_folder' })
  expect(await folderTree(roots)).toEqual(rootsBefore)
})

test('a logs folder that is missing is made as the account', async () => {
  await rm(at('logs'), { recursive: true })
  const console = await openConsoleFiles(at('logs', 'deep'), account)
  await console.close()
  for (const path of [at('logs'), at('logs', 'deep'), at('logs', 'deep', 'firstnode-start.out')]) expect(await lstat(path)).toMatchObject({ uid: 1000, gid: 1000 })
})

test('a record that names a process of root makes root stop nothing', async () => {
  const child = spawn('sleep', ['600'])
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  try {
    const forged = { identity: (await processIdentity(pid)) ?? '', node: { pid, name: 'n', version: '9.4.3', startedAt: 1, httpPort: null, logFile: '/x' } }
    await writeNodeRecord(at('config'), forged)
    expect((await lstat(at('config', '.firstnode', 'node.json'))).uid).toBe(1000)
    expect(await findNode(node())).toBeNull()
    await expect(stopNode({ installation: node() })).rejects.toMatchObject({ code: 'not_running' })
    expect(child.exitCode ?? child.signalCode).toBeNull()
  } finally {
    child.kill('SIGKILL')
  }
})

test('a tree is given from its leaves on: a folder that the account has already is not entered again', async () => {
  const tree = join(folder, 'tree')
  await mkdir(join(tree, 'a', 'b'), { recursive: true })
  await writeFile(join(tree, 'a', 'b', 'file'), '')
  await symlink(roots, join(tree, 'a', 'link'))
  await giveTree(tree, account)
  expect(await folderTree(roots)).toEqual(rootsBefore)
  expect(new Set((await folderTree(tree)).map((line) => / (\d+:\d+) @/.exec(line)?.[1]))).toEqual(new Set(['1000:1000']))
})

test('a Java out of the home of the account is asked for its version as that account, not as root', async () => {
  const java = at('jdk', 'bin', 'java')
  await mkdir(at('jdk', 'bin'), { recursive: true })
  await writeFile(java, '#!/bin/sh\necho "    java.version = 21.0.$(id -u)" >&2\n', { mode: 0o755 })
  expect((await javaIn(at('jdk'), 'bundled', account))?.version).toBe('21.0.1000')
})

test('a link in a practice copy that belongs to another account is not given on as its content', async () => {
  const pristine = join(folder, 'pristine')
  await mkdir(join(pristine, 'config'), { recursive: true })
  await giveTree(pristine, account)
  await plant(join(roots, 'secret'), join(pristine, 'config', 'stolen'))
  await expect(homeFromPristine({ pristine, into: join(folder, 'made'), account: { uid: 1001, gid: 1001 } })).rejects.toBeInstanceOf(Error)
  expect(await readdir(join(folder, 'made', 'config')).catch(() => [])).toEqual([])
})

test('a link from the configuration to a file of root is not read as settings, and so not shown', async () => {
  await plant(join(roots, 'secret'), at('config', 'elasticsearch.yml'))
  await expect(readSettingsText(at('config', 'elasticsearch.yml'))).rejects.toMatchObject({ code: 'settings_unreadable', message: expect.stringContaining('owns the configuration') })
  expect(await readHomeSettings({ home, config: at('config'), layout: 'archive', runAs: null })).toEqual({ settings: new Map(), trouble: 'unreadable' })
  await plant(join(roots, 'secret'), at('config', 'elasticsearch.keystore'))
  await expect(openKeystore(at('config', 'elasticsearch.keystore'), { version: '9.4.3' }, null)).rejects.toMatchObject({ code: 'keystore_unreadable' })
})

test('a pipe in the place of settings does not make root wait', async () => {
  execFileSync('mkfifo', [at('config', 'elasticsearch.yml')])
  await expect(readSettingsText(at('config', 'elasticsearch.yml'))).rejects.toMatchObject({ code: 'settings_unreadable' })
})
