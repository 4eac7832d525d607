import { appendFile, chmod, chown, lchown, lstat, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyPlan } from '../../../engine/plan/apply.ts'
import { settle } from '../../../engine/plan/settled.ts'
import { folderContent, folderTree } from '../../support/folder-tree.ts'
import { needsRoot } from '../../support/needs-root.ts'
import { asAccount } from '../../support/plan/as-account.ts'
import { sampleConfig, samplePlan, type Sample } from '../../support/plan/sample-config.ts'

/** What `chown -R es` leaves of an archive that root unpacked: the folder belongs to the account, its group does not. */
const account = { uid: 1000, gid: 1000 }
const itsFurtherGroup = 4343
const foreignGroup = 4242
let sample: Sample
let config: string

beforeEach(async () => {
  needsRoot('is about an account whose folder has a group that it is not a member of')
  sample = await sampleConfig()
  config = sample.config
  await giveGroup(foreignGroup)
})
afterEach(() => sample.remove())

async function giveGroup(gid: number): Promise<void> {
  const names = await readdir(config, { recursive: true })
  for (const name of ['', ...names]) await lchown(join(config, name), account.uid, gid)
}

const applied = { applyPlan: 'engine/plan/apply.ts', samplePlan: 'test/support/plan/sample-config.ts' }
const planned = (gid: number): string => `
  const owner = { uid: 1000, gid: ${gid} }
  const plan = await samplePlan(CONFIG)
  const changes = plan.changes.map((change) => ('owner' in change ? { ...change, owner } : change))
  await applyPlan({ ...plan, changes }, { config: CONFIG, owner })`

function itself(imports: Record<string, string>, deed: string, groups: readonly number[] = []): void {
  asAccount({ ...account, groups }, imports, `const CONFIG = ${JSON.stringify(config)}\n${deed}`)
}

const apply = (groups: readonly number[] = []): void => itself(applied, planned(foreignGroup), groups)
const rollBack = (): void => itself({ rollBack: 'engine/plan/roll-back.ts' }, 'await rollBack(CONFIG)')
const undo = (): void => itself({ undoFiles: 'engine/plan/undo.ts' }, 'await undoFiles(CONFIG)')
const withTheLine = /^# settings\n#cluster.name: my-application\n[^]*node.name: added\n$/
const groupOf = async (...parts: string[]): Promise<number> => (await lstat(join(config, ...parts))).gid

test('what an account makes in its folder of a foreign group has the group of the account, and goes again', async () => {
  const before = await folderTree(config)
  apply()
  const owners = (await folderTree(config)).map((line) => / (\d+):/.exec(line)?.[1])
  expect(new Set(owners)).toEqual(new Set(['1000']))
  const made = ['certs', 'certs/http.p12', 'elasticsearch.yml', 'elasticsearch.keystore', 'jvm.options.d/heap.options']
  for (const name of made) expect(await groupOf(name)).toBe(account.gid)
  expect((await lstat(join(config, 'elasticsearch.yml'))).mode & 0o7777).toBe(0o640)
  rollBack()
  expect(await folderTree(config)).toEqual(before)
})

test('a group that the account is a member of is given', async () => {
  await giveGroup(itsFurtherGroup)
  itself(applied, planned(itsFurtherGroup), [itsFurtherGroup])
  for (const made of ['certs', 'certs/http.p12', 'elasticsearch.yml']) expect(await groupOf(made)).toBe(itsFurtherGroup)
})

test('a folder that hands its group on keeps doing so', async () => {
  await chmod(config, 0o2750)
  const before = await folderTree(config)
  apply()
  for (const made of ['certs', 'elasticsearch.yml', '.firstnode']) expect(await groupOf(made)).toBe(foreignGroup)
  rollBack()
  expect(await folderTree(config)).toEqual(before)
})

test('a settings file of root becomes one of the account, as by stock, and its content comes back', async () => {
  await chown(join(config, 'elasticsearch.yml'), 0, 0)
  await chmod(join(config, 'elasticsearch.yml'), 0o644)
  const contents = async (): Promise<string[]> => {
    return (await folderContent(config)).map((line) => line.replace(/ \d+:\d+/, ''))
  }
  const before = await contents()
  apply()
  expect(await lstat(join(config, 'elasticsearch.yml'))).toMatchObject(account)
  rollBack()
  expect(await contents()).toEqual(before)
})

test('lines that were added since a set-up stay when the account undoes it', async () => {
  apply()
  itself({ settle: 'engine/plan/settled.ts' }, 'await settle(CONFIG)')
  await appendFile(join(config, 'elasticsearch.yml'), 'node.name: added\n')
  undo()
  expect(await readFile(join(config, 'elasticsearch.yml'), 'utf8')).toMatch(withTheLine)
  expect(await readdir(config)).not.toContain('.firstnode')
})

test('what root has set up, the account takes back byte for byte', async () => {
  const before = await folderTree(config)
  const plan = await samplePlan(config)
  const owner = { uid: account.uid, gid: foreignGroup }
  const changes = plan.changes.map((change) => ('owner' in change ? { ...change, owner } : change))
  await applyPlan({ ...plan, changes }, { config, owner })
  await settle(config)
  undo()
  expect(await folderTree(config)).toEqual(before)
})

test('what root set up in a settings file of its own, the account takes back, and lines added since stay', async () => {
  const yml = join(config, 'elasticsearch.yml')
  await chown(yml, 0, 0)
  await chmod(yml, 0o644)
  const plan = await samplePlan(config)
  const owner = { uid: account.uid, gid: foreignGroup }
  const changes = plan.changes.map((change) => {
    if (!('owner' in change)) return change
    return change.path === yml ? { ...change, mode: 0o644, owner: { uid: 0, gid: 0 } } : { ...change, owner }
  })
  await applyPlan({ ...plan, changes }, { config, owner })
  await settle(config)
  await writeFile(yml, `${await readFile(yml, 'utf8')}node.name: added\n`)
  undo()
  expect(await readFile(yml, 'utf8')).toMatch(withTheLine)
  expect(await readdir(config)).not.toContain('.firstnode')
})
