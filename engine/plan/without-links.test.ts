import { lstat, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { folderTree } from '../../test/support/folder-tree.ts'
import { sampleConfig, sampleOwner, samplePlan, type Sample } from '../../test/support/plan/sample-config.ts'
import { Stopping } from '../../test/support/plan/stopping.ts'
import { applyPlan } from './apply.ts'
import { recover } from './recover.ts'
import { rollBack } from './roll-back.ts'
import { settle } from './settled.ts'
import { undoFiles } from './undo.ts'

// A file system without hard links (FAT, some network and FUSE ones): originals are copied.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: () => Promise.reject(Object.assign(new Error('no links here'), { code: 'EPERM' })),
}))
vi.setConfig({ testTimeout: 60_000 })

const owner = sampleOwner
let sample: Sample
let config: string
let before: string[]

beforeEach(async () => {
  sample = await sampleConfig()
  config = sample.config
  before = await folderTree(config)
})
afterEach(() => sample.remove())

test('originals are copied so that only their owner reads them, and put back with mode, owner and times', async () => {
  await applyPlan(await samplePlan(config), { config, owner })
  const own = join(config, '.firstnode', 'before')
  const kept = await Promise.all((await readdir(own)).map((name) => lstat(join(own, name))))
  const modes = kept.filter((stat) => stat.isFile()).map((stat) => stat.mode & 0o777)
  expect(modes).toEqual(process.platform === 'win32' ? modes : [0o600, 0o600, 0o600])
  expect(kept.map((stat) => stat.nlink)).toEqual(kept.map(() => 1))
  await rollBack(config)
  expect(await folderTree(config)).toEqual(before)
  expect(await readlink(join(config, 'linked.options'))).toBe('shared.options')
})

test('a process that dies at any step leaves what recover puts back byte for byte', async () => {
  const stopping = new Stopping()
  const found: unknown[] = []
  for (let at = 0; ; at++) {
    if ((await stopping.until(at, async (beforeStep) => applyPlan(await samplePlan(config), { config, owner, beforeStep }))) === 'finished') break
    if ((await stopping.until(at % 9, (beforeStep) => recover(config, { beforeStep }))) === 'stopped') await recover(config)
    found.push([at, await folderTree(config)])
  }
  expect(found).toEqual(found.map((_, at) => [at, before]))
  expect(found.length).toBeGreaterThan(30)
  await sample.remove()
  stopping.bury()
})

test('undo keeps what a person changed beside, and the original takes its place', async () => {
  await applyPlan(await samplePlan(config), { config, owner })
  await settle(config)
  await writeFile(join(config, 'elasticsearch.keystore'), 'with an entry of the person')
  await rm(join(config, 'certs', 'http.p12'))
  const { beside, kept } = await undoFiles(config)
  expect(kept).toEqual([])
  expect(await readFile(beside[0] ?? '', 'utf8')).toBe('with an entry of the person')
  expect(await readFile(join(config, 'elasticsearch.keystore'), 'utf8')).toBe('an old keystore')
})
