import { appendFile, chmod, lstat, lutimes, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyPlan } from '../plan/apply.ts'
import { rollBack } from '../plan/roll-back.ts'
import { dataWasFormed, rememberBeforeStart, removeTraces } from './node-traces.ts'

let home: string
const at = (...parts: string[]): string => join(home, ...parts)
const installation = () => ({ home, config: at('config'), data: [at('data')], logs: at('logs'), runAs: null })

/** To the nanosecond on Linux; elsewhere Node sets times to the microsecond. */
async function modified(): Promise<bigint[]> {
  const stats = await Promise.all([home, at('logs'), at('config')].map((path) => stat(path, { bigint: true })))
  return stats.map(({ mtimeNs }) => (process.platform === 'linux' ? mtimeNs : mtimeNs / 1000n))
}

async function modifiedLinks(): Promise<bigint[]> {
  const links = await Promise.all([home, at('logs')].map((path) => lstat(path, { bigint: true })))
  return links.map(({ mtimeNs }) => mtimeNs / 1000n)
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'firstnode-traces-'))
  await mkdir(at('config'))
  await mkdir(at('logs'))
})

/** As a setup does it: what is remembered counts once its files are written. */
async function beforeStart(): Promise<void> {
  await rememberBeforeStart(installation())
  await applyPlan({ kind: 'first-node', title: '', changes: [] }, { config: at('config'), owner: null })
}

afterEach(() => rm(home, { recursive: true, force: true }))

test('data and logs that a first start made are gone again, and the folders have their times', async () => {
  const before = await modified()
  await beforeStart()
  await mkdir(at('data', 'nodes'), { recursive: true })
  await writeFile(at('logs', 'elasticsearch.log'), 'started')
  expect(await dataWasFormed(installation())).toBe(true)
  await removeTraces(installation())
  await rollBack(at('config'))
  expect(await readdir(home)).toEqual(['config', 'logs'])
  expect(await readdir(at('logs'))).toEqual([])
  expect(await readdir(at('config'))).toEqual([])
  expect(await modified()).toEqual(before)
})

test('a home and logs that are links: the folders get their own times back, and the links keep theirs', async () => {
  const real = `${home}-real`
  await rename(home, real)
  await rename(join(real, 'logs'), join(real, 'elsewhere'))
  await symlink(real, home)
  await symlink('elsewhere', at('logs'))
  for (const link of [home, at('logs')]) await lutimes(link, 1_500_000_000, 1_500_000_000)
  const before = [...(await modified()), ...(await modifiedLinks())]
  await beforeStart()
  await mkdir(at('data'))
  await writeFile(at('logs', 'elasticsearch.log'), 'started')
  await removeTraces(installation())
  await rollBack(at('config'))
  expect([...(await modified()), ...(await modifiedLinks())]).toEqual(before)
  await rm(real, { recursive: true })
})

test('logs that were there before become what they were, also when the run rotated them', async () => {
  await writeFile(at('logs', 'elasticsearch.log'), 'an earlier run\n')
  await writeFile(at('logs', 'gc.log'), 'old gc\n')
  await chmod(at('logs', 'gc.log'), 0o640)
  await beforeStart()
  await appendFile(at('logs', 'elasticsearch.log'), 'this run\n')
  await rename(at('logs', 'gc.log'), at('logs', 'gc.log.00'))
  await writeFile(at('logs', 'gc.log'), 'new gc\n')
  await removeTraces(installation())
  await rollBack(at('config'))
  expect(await readdir(at('logs'))).toEqual(['elasticsearch.log', 'gc.log'])
  expect(await readFile(at('logs', 'elasticsearch.log'), 'utf8')).toBe('an earlier run\n')
  expect(await readFile(at('logs', 'gc.log'), 'utf8')).toBe('old gc\n')
  expect((await stat(at('logs', 'gc.log'))).mode & 0o777).toBe(0o640)
})

test('a data directory that held something before is never deleted', async () => {
  await mkdir(at('data', 'nodes'), { recursive: true })
  await writeFile(at('data', 'nodes', 'mine'), 'precious')
  await beforeStart()
  await writeFile(at('data', 'more'), 'by the node')
  expect(await dataWasFormed(installation())).toBe(false)
  await removeTraces(installation())
  await rollBack(at('config'))
  expect(await readFile(at('data', 'nodes', 'mine'), 'utf8')).toBe('precious')
  expect(await readdir(at('data'))).toEqual(['more', 'nodes'])
})

test('an empty data directory is empty again, and still there', async () => {
  await mkdir(at('data'))
  await beforeStart()
  await writeFile(at('data', 'node.lock'), '')
  await removeTraces(installation())
  await rollBack(at('config'))
  expect(await readdir(at('data'))).toEqual([])
})

test('without anything remembered nothing is touched', async () => {
  await mkdir(at('data'))
  await writeFile(at('data', 'kept'), '')
  await removeTraces(installation())
  await rollBack(at('config'))
  expect(await readdir(at('data'))).toEqual(['kept'])
})

test('what was remembered for a setup that wrote nothing is dropped, and data that is formed since is nobody of ours to delete', async () => {
  await rememberBeforeStart(installation())
  await mkdir(at('data', 'nodes'), { recursive: true })
  expect(await dataWasFormed(installation())).toBe(false)
  await removeTraces(installation())
  expect(await readdir(at('data'))).toEqual(['nodes'])
  expect(await readdir(at('config'))).toEqual([])
})
