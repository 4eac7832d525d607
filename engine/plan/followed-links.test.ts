import { chown, lstat, mkdir, mkdtemp, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderTree } from '../../test/support/folder-tree.ts'
import { Stopping } from '../../test/support/plan/stopping.ts'
import { applyPlan } from './apply.ts'
import { sha256 } from './entry.ts'
import { ownerOfFolder } from './owner-of-folder.ts'
import type { Plan } from './plan.ts'
import { previewChanges } from './preview.ts'
import { recover } from './recover.ts'
import { settle } from './settled.ts'
import { undoFiles } from './undo.ts'

const before = 'a: 1\n'
const after = 'a: 1\nb: 2\n'

/** A config directory whose settings are a link, to a file that is made; and a plan that changes them. */
async function linked(link: string, target: string) {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-links-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const config = join(folder, 'config')
  for (const name of ['config', 'shared']) await mkdir(join(folder, name))
  await writeFile(join(folder, target), before, { mode: 0o640 })
  await symlink(join('..', 'shared', 'real.yml'), join(config, 'other.yml'))
  const path = join(config, 'settings.yml')
  await symlink(link.replace('FOLDER', folder), path)
  const change = {
    kind: 'write',
    path,
    followsLink: true,
    content: Buffer.from(after),
    replaces: sha256(Buffer.from(before)),
    mode: 0o640,
    owner: null,
    secret: false,
    note: 'Changed.',
  } as const
  const plan: Plan = { kind: 'remedy', title: 'Change', changes: [change] }
  return { folder, config, path, target: join(folder, target), plan, owner: ownerOfFolder(config) }
}

const links: readonly (readonly [what: string, link: string, target: string])[] = [
  ['into the config directory', 'real.yml', 'config/real.yml'],
  ['out of it, relative', '../shared/real.yml', 'shared/real.yml'],
  ['out of it, by a whole path', 'FOLDER/shared/real.yml', 'shared/real.yml'],
  ['to a link', 'other.yml', 'shared/real.yml'],
]

test.each(links)('a link %s stays, what it leads to is changed, and is put back byte for byte', async (_, link, file) => {
  const { folder, config, path, target, plan, owner } = await linked(link, file)
  const tree = await folderTree(folder)
  const [view] = await previewChanges(plan)
  expect(view?.note).toMatch(/It is a link to .+: that file is changed, and the link stays\.$/)
  const leads = await readlink(path)
  const { files } = await applyPlan(plan, { config, owner })
  expect(files).toEqual([{ path: target, sha256: sha256(Buffer.from(after)) }])
  await settle(config)
  expect(await readlink(path)).toBe(leads)
  expect((await lstat(target)).isFile()).toBe(true)
  expect(await readFile(target, 'utf8')).toBe(after)
  expect((await stat(target)).mode & 0o777).toBe(0o640)
  expect(await undoFiles(config)).toMatchObject({ restored: [target] })
  expect(await folderTree(folder)).toEqual(tree)
})

test('what a person added since stays, also where the link leads elsewhere by then', async () => {
  const { config, path, target, plan, owner } = await linked('../shared/real.yml', 'shared/real.yml')
  await applyPlan(plan, { config, owner })
  await settle(config)
  await writeFile(target, `${after}c: 3\n`)
  await rm(path)
  expect(await undoFiles(config)).toMatchObject({ merged: [target] })
  expect(await readFile(target, 'utf8')).toBe(`${before}c: 3\n`)
})

test('a death at any moment leaves what is put back byte for byte', async () => {
  const stopping = new Stopping()
  onTestFinished(() => stopping.bury())
  const found: { end: string; isAsBefore: boolean }[] = []
  for (let at = 0; found.at(-1)?.end !== 'finished'; at++) {
    const { folder, config, plan, owner } = await linked('../shared/real.yml', 'shared/real.yml')
    const tree = await folderTree(folder)
    const end = await stopping.until(at, (beforeStep) => applyPlan(plan, { config, owner, beforeStep }))
    await recover(config)
    found.push({ end, isAsBefore: JSON.stringify(await folderTree(folder)) === JSON.stringify(tree) })
  }
  expect(found.filter(({ isAsBefore }) => !isAsBefore)).toEqual([])
  expect(found.length).toBeGreaterThan(9)
}, 60_000)

test.each([
  ['to nothing', 'missing.yml'],
  ['to itself', 'settings.yml'],
])('a link %s is refused, and nothing is changed', async (_, link) => {
  const { folder, config, plan, owner } = await linked(link, 'shared/real.yml')
  const tree = await folderTree(folder)
  await expect(applyPlan(plan, { config, owner })).rejects.toMatchObject({ code: 'not_a_plain_file' })
  expect(await folderTree(folder)).toEqual(tree)
})

test.runIf(process.getuid?.() === 0)('root writes only where the account of the config directory has a folder of its own', async () => {
  const { folder, config, target, plan } = await linked('../shared/real.yml', 'shared/real.yml')
  for (const path of [folder, config, target]) await chown(path, 4242, 4242)
  const options = { config, owner: { uid: 4242, gid: 4242 } }
  await expect(applyPlan(plan, options)).rejects.toMatchObject({ code: 'untrusted_folder' })
  expect(await readFile(target, 'utf8')).toBe(before)
  await chown(join(folder, 'shared'), 4242, 4242)
  await applyPlan(plan, options)
  expect(await readFile(target, 'utf8')).toBe(after)
})
