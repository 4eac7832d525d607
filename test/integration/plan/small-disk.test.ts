import { execFileSync } from 'node:child_process'
import { chown, mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyPlan } from '../../../engine/plan/apply.ts'
import { lockHome } from '../../../engine/plan/lock.ts'
import type { Plan } from '../../../engine/plan/plan.ts'
import { recover } from '../../../engine/plan/recover.ts'
import { rollBack } from '../../../engine/plan/roll-back.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { giveAll, hashOf, sampleOwner } from '../../support/plan/sample-config.ts'

const owner = sampleOwner
const page = 4096
let mount: string
let config: string
let before: string[]

beforeEach(async () => {
  if (process.getuid?.() !== 0) throw new Error('this test mounts a small disk in memory, which only root may: run it as root')
  mount = await mkdtemp(join(tmpdir(), 'firstnode-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k,mode=755', 'tmpfs', mount])
  config = join(mount, 'config')
  await mkdir(config)
  await writeFile(join(config, 'elasticsearch.yml'), '# settings\n')
  await writeFile(join(config, 'elasticsearch.keystore'), 'an old keystore')
  await giveAll(mount)
  before = await folderTree(config)
})
afterEach(async () => {
  execFileSync('umount', [mount])
  await rm(mount, { recursive: true })
})

test('wherever a disk gets full while a plan is applied, everything is put back', async () => {
  const outcomes: string[] = []
  for (let pages = 0; pages < 20; pages++) {
    await leaveFree(pages)
    const outcome = await applyPlan(await plan(), { config, owner }).then(
      () => 'applied',
      (thrown: { code: string }) => thrown.code,
    )
    await rm(join(mount, 'filler'))
    if (outcome === 'applied') await rollBack(config)
    outcomes.push(outcome)
    expect({ pages, tree: await folderTree(config) }).toEqual({ pages, tree: before })
  }
  const full = outcomes.filter((outcome) => outcome === 'write_disk_full')
  expect(full.length).toBeGreaterThan(5)
  expect(outcomes.at(-1)).toBe('applied')
  expect(new Set(outcomes)).toEqual(new Set(['write_disk_full', 'applied']))
})

test('an applied plan can be put back on a disk that is full', async () => {
  await applyPlan(await plan(), { config, owner })
  await leaveFree(0)
  await recover(config)
  await rm(join(mount, 'filler'))
  expect(await folderTree(config)).toEqual(before)
})

test('a home on a full disk cannot be locked, says so, and is as it was', async () => {
  await leaveFree(0)
  await expect(lockHome({ config })).rejects.toMatchObject({ code: 'write_disk_full' })
  await rm(join(mount, 'filler'))
  expect(await folderTree(config)).toEqual(before)
})

test('a disk that is read-only is told before anything is touched', async () => {
  const made = await plan()
  execFileSync('mount', ['-o', 'remount,ro', mount])
  await expect(applyPlan(made, { config, owner })).rejects.toMatchObject({ code: 'write_read_only', exit: 3 })
  await expect(lockHome({ config })).rejects.toMatchObject({ code: 'write_read_only' })
  execFileSync('mount', ['-o', 'remount,rw', mount])
  expect(await folderTree(config)).toEqual(before)
})

test('a disk that turns read-only while a plan is applied leaves what recover puts back once it is writable', async () => {
  const made = await plan()
  const outcome = applyPlan(made, {
    config,
    owner,
    beforeStep: (step) => {
      if (step === 'put in place elasticsearch.yml') execFileSync('mount', ['-o', 'remount,ro', mount])
    },
  })
  await expect(outcome).rejects.toMatchObject({ code: 'put_back_failed', exit: 1 })
  await expect(recover(config)).rejects.toMatchObject({ code: 'put_back_failed' })
  execFileSync('mount', ['-o', 'remount,rw', mount])
  await recover(config)
  expect(await folderTree(config)).toEqual(before)
})

async function plan(): Promise<Plan> {
  const write = async (name: string, content: Uint8Array, replaces: string | null): Promise<Plan['changes'][number]> => ({
    kind: 'write',
    path: join(config, name),
    content,
    replaces,
    mode: 0o660,
    owner,
    secret: true,
    note: '',
  })
  return {
    kind: 'first-node',
    title: 'onto a small disk',
    changes: [
      { kind: 'create-directory', path: join(config, 'certs'), mode: 0o750, owner, note: '' },
      await write('certs/http.p12', Buffer.alloc(3 * page, 1), null),
      await write('elasticsearch.keystore', Buffer.alloc(page, 2), await hashOf(join(config, 'elasticsearch.keystore'))),
      await write('elasticsearch.yml', Buffer.alloc(2 * page, 3), await hashOf(join(config, 'elasticsearch.yml'))),
    ],
  }
}

/** Fills the disk until `pages` pages are free. */
async function leaveFree(pages: number): Promise<void> {
  const { bavail, bsize } = await statfs(mount)
  const filler = join(mount, 'filler')
  await writeFile(filler, Buffer.alloc((bavail - pages) * bsize))
  if (owner !== null) await chown(filler, owner.uid, owner.gid)
}
