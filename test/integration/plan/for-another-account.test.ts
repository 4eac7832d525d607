import { chmod, chown, link, lstat, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyPlan } from '../../../engine/plan/apply.ts'
import { lockHome } from '../../../engine/plan/lock.ts'
import type { Plan } from '../../../engine/plan/plan.ts'
import { recover } from '../../../engine/plan/recover.ts'
import { rollBack } from '../../../engine/plan/roll-back.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { asAccount } from '../../support/plan/as-account.ts'
import { hashOf, sampleConfig, sampleOwner, samplePlan, type Sample } from '../../support/plan/sample-config.ts'

const owner = sampleOwner
let sample: Sample
let config: string
/** a folder of root's, beside the config directory, that the account must not get at */
let roots: string

beforeEach(async () => {
  if (process.getuid?.() !== 0) throw new Error('this test looks at what root does for another account: run it as root')
  sample = await sampleConfig()
  config = sample.config
  roots = join(dirname(config), 'of-root')
  await mkdir(roots, { mode: 0o755 })
  await writeFile(join(roots, 'secret'), 'of root alone', { mode: 0o600 })
})
afterEach(() => sample.remove())

const write = (place: string, replaces: string | null = null): Plan => ({
  kind: 'first-node',
  title: '',
  changes: [{ kind: 'write', path: join(config, place), content: Buffer.from('new'), replaces, mode: 0o660, owner, secret: false, note: '' }],
})

test('everything that root leaves belongs to the account, so that the account itself can put it back', async () => {
  const before = await folderTree(config)
  await applyPlan(await samplePlan(config), { config, owner })
  const whose = (await folderTree(config)).map((line) => / (\d+:\d+) @/.exec(line)?.[1])
  expect(new Set(whose)).toEqual(new Set(['1000:1000']))
  asAccount({ uid: 1000, gid: 1000 }, { rollBack: 'engine/plan/roll-back.ts' }, `await rollBack(${JSON.stringify(config)})`)
  expect(await folderTree(config)).toEqual(before)
})

test('a link planted as .firstnode is not followed', async () => {
  await symlink(roots, join(config, '.firstnode'))
  const before = await folderTree(roots)
  for (const deed of [() => lockHome({ config }), () => applyPlan(write('x'), { config, owner }), () => rollBack(config)])
    await expect(deed()).rejects.toMatchObject({ code: 'not_a_folder' })
  expect(await folderTree(roots)).toEqual(before)
})

test('a folder of another account as .firstnode is refused and not given away', async () => {
  await mkdir(join(config, '.firstnode'))
  await writeFile(join(config, '.firstnode', 'of-root'), '')
  await expect(lockHome({ config })).rejects.toMatchObject({ code: 'untrusted_folder' })
  expect((await lstat(join(config, '.firstnode'))).uid).toBe(0)
})

test('a folder that is exchanged for a link between the check and the write is not followed', async () => {
  const before = await folderTree(roots)
  const outcome = applyPlan(write('certs/new.crt'), {
    config,
    owner,
    beforeStep: async (step) => {
      if (step !== 'begin step 1') return
      await rename(join(config, 'certs'), join(config, 'certs.away'))
      await symlink(roots, join(config, 'certs'))
    },
  })
  await expect(outcome).rejects.toMatchObject({ code: 'not_a_folder' })
  expect(await folderTree(roots)).toEqual(before)
})

test('a folder that is exchanged while a file is being written beside does not lead the file astray', async () => {
  const before = await folderTree(roots)
  await applyPlan(write('certs/new.crt'), {
    config,
    owner,
    beforeStep: async (step) => {
      if (step !== 'put in place certs/new.crt') return
      await rename(join(config, 'certs'), join(config, 'certs.away'))
      await symlink(roots, join(config, 'certs'))
    },
  })
  expect(await folderTree(roots)).toEqual(before)
  expect(await readFile(join(config, 'certs.away', 'new.crt'), 'utf8')).toBe('new')
})

test('a made folder that is exchanged for one of root is not given to the account', async () => {
  await mkdir(join(config, 'of-root'))
  await writeFile(join(config, 'of-root', 'file'), '')
  const plan: Plan = { kind: 'first-node', title: '', changes: [{ kind: 'create-directory', path: join(config, 'new'), mode: 0o777, owner, note: '' }, ...write('new/x').changes] }
  const outcome = applyPlan(plan, {
    config,
    owner,
    beforeStep: async (step) => {
      if (step !== 'begin step 2') return
      await rm(join(config, 'new'), { recursive: true })
      await rename(join(config, 'of-root'), join(config, 'new'))
    },
  })
  await expect(outcome).rejects.toBeInstanceOf(Error)
  expect(await lstat(join(config, 'new'))).toMatchObject({ uid: 0 })
  expect(await readdir(join(config, 'new'))).toEqual(['file'])
})

test('a folder inside the config directory that belongs to root is not written to', async () => {
  await mkdir(join(config, 'of-root'))
  await expect(applyPlan(write('of-root/x'), { config, owner })).rejects.toMatchObject({ code: 'untrusted_folder' })
})

test('a config directory of another account than the one that runs the node is refused', async () => {
  await chown(config, 4242, 4242)
  await expect(applyPlan(write('x'), { config, owner })).rejects.toMatchObject({ code: 'untrusted_folder' })
})

test.each([
  ['a link', (path: string, target: string) => symlink(target, path)],
  ['a hard link', (path: string, target: string) => link(target, path)],
])('%s to a file that the account may not read is neither kept nor replaced', async (_, plant) => {
  const path = join(config, 'planted')
  await plant(path, join(roots, 'secret'))
  const hash = await hashOf(join(roots, 'secret'))
  await expect(applyPlan(write('planted', hash), { config, owner })).rejects.toMatchObject({ code: 'write_refused' })
  expect(await readdir(config)).not.toContain('.firstnode')
  expect(await readFile(join(roots, 'secret'), 'utf8')).toBe('of root alone')
})

test('a journal that the account forged makes root give it no file of its own and no set-uid bit', async () => {
  await applyPlan(write('elasticsearch.yml', await hashOf(join(config, 'elasticsearch.yml'))), { config, owner })
  const journalPath = join(config, '.firstnode', 'journal.json')
  const journal = JSON.parse(await readFile(journalPath, 'utf8')) as { steps: { before: { name: string; uid: number; gid: number; mode: number; sha256: string } }[] }
  const before = journal.steps[0]?.before
  if (before === undefined) throw new Error('the journal has no original')
  Object.assign(before, { uid: 0, gid: 0, mode: 0o6755 })
  await writeFile(journalPath, JSON.stringify(journal))
  await recover(config)
  const stat = await lstat(join(config, 'elasticsearch.yml'))
  expect({ uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7000 }).toEqual({ uid: 1000, gid: 1000, mode: 0 })
})

test('a journal that the account forged leads root into no folder of its own', async () => {
  await mkdir(join(config, 'of-root'))
  await writeFile(join(config, 'of-root', 'kept'), 'new')
  await applyPlan(write('x'), { config, owner })
  const journalPath = join(config, '.firstnode', 'journal.json')
  await writeFile(journalPath, (await readFile(journalPath, 'utf8')).replace('"place":"x"', '"place":"of-root/kept"'))
  await expect(recover(config)).rejects.toMatchObject({ code: 'untrusted_folder' })
  expect(await readFile(join(config, 'of-root', 'kept'), 'utf8')).toBe('new')
})

test('a config directory that others may not enter works for root', async () => {
  await chmod(config, 0o700)
  const before = await folderTree(config)
  await applyPlan(await samplePlan(config), { config, owner })
  await rollBack(config)
  expect(await folderTree(config)).toEqual(before)
})
