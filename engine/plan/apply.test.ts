import { appendFile, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { folderContent, folderTree } from '../../test/support/folder-tree.ts'
import { hashOf, sampleConfig, sampleOwner, samplePlan, secretContent, settingsAfter, type Sample } from '../../test/support/plan/sample-config.ts'
import { problem, Problem } from '../../shared/problems/problem.ts'
import { applyPlan } from './apply.ts'
import type { Plan } from './plan.ts'
import { rollBack } from './roll-back.ts'

let sample: Sample
let config: string
let plan: Plan
let before: string[]

beforeEach(async () => {
  sample = await sampleConfig()
  config = sample.config
  plan = await samplePlan(config)
  before = await folderTree(config)
})
afterEach(() => sample.remove())

// the loops below apply a plan some forty times each, and a busy machine is slow
vi.setConfig({ testTimeout: 60_000 })

const owner = sampleOwner
const write = (path: string, replaces: string | null = null): Plan['changes'][number] => ({
  kind: 'write',
  path,
  content: Buffer.from('new'),
  replaces,
  mode: 0o640,
  owner,
  secret: false,
  note: '',
})

test('a plan is applied: content, modes and owners are as it says, and its progress is told', async () => {
  const told: string[] = []
  const applied = await applyPlan(plan, { config, owner, onChange: (change, done, of) => told.push(`${change.kind} ${done}/${of}`) })
  expect(await readFile(join(config, 'elasticsearch.yml'), 'utf8')).toBe(settingsAfter)
  expect(await readdir(join(config, 'certs'))).toEqual(['http.p12', 'old.crt'])
  expect(await readdir(join(config, 'certs.1700000000.orig'))).toEqual(['deep', 'old.crt'])
  expect((await lstat(join(config, 'linked.options'))).isFile()).toBe(true)
  const left = (await readdir(config)).sort()
  expect(left).toEqual(['.firstnode', 'certs', 'certs.1700000000.orig', 'elasticsearch.keystore', 'elasticsearch.yml', 'jvm.options.d', 'linked.options'])
  expect(told).toHaveLength(plan.changes.length)
  expect(told.at(-1)).toBe('delete 10/10')
  expect(applied.files.map(({ path }) => path)).toContain(join(config, 'certs', 'http.p12'))
  const whose = owner === null ? '0:0' : `${owner.uid}:${owner.gid}`
  const tree = (await folderContent(config)).map((line) => line.split(' ').slice(0, 4).join(' '))
  const expected = ['certs folder 750', 'certs/http.p12 file 660', 'elasticsearch.yml file 640', '.firstnode folder 700']
  expect(tree).toEqual(expect.arrayContaining(expected.map((line) => `${line} ${whose}`)))
})

test('where modes mean nothing, a folder and a secret file are closed to others while they are still empty, and nothing else is', async () => {
  const closed: [string, string, number][] = []
  await applyPlan(plan, {
    config,
    owner,
    close: async (path, kind) => void closed.push([kind, basename(path).replace(/^\.firstnode-\w+-(\d+)\.torn$/, '$1'), kind === 'folder' ? (await readdir(path)).length : (await readFile(path)).length]),
  })
  const expected = plan.changes.flatMap((change, index) => {
    if (change.kind === 'create-directory' && (change.mode & 0o007) === 0) return [['folder', basename(change.path), 0]]
    return change.kind === 'write' && change.secret ? [['file', String(index), 0]] : []
  })
  expect(expected.map(([kind]) => kind)).toEqual(expect.arrayContaining(['folder', 'file']))
  expect(closed).toEqual(expected)
})

test('what cannot be closed to others is not written, and everything is put back', async () => {
  const refusing = (path: string): Promise<void> => Promise.reject(problem('access_not_closed', { path, why: 'Windows refused it' }))
  await expect(applyPlan(plan, { config, owner, close: refusing })).rejects.toMatchObject({ code: 'access_not_closed' })
  expect(await folderTree(config)).toEqual(before)
})

test('rolled back, the config directory is byte for byte as it was, with modes, owners and times', async () => {
  await applyPlan(plan, { config, owner })
  const put = await rollBack(config)
  expect(await folderTree(config)).toEqual(before)
  expect(put.kept).toEqual([])
  expect(put.restored).toContain(join(config, 'elasticsearch.yml'))
  expect(put.removed).toContain(join(config, 'certs', 'http.p12'))
})

test('rolling back where nothing was applied does nothing', async () => {
  await rollBack(config)
  expect(await folderTree(config)).toEqual(before)
})

test('a failure at any step puts everything back and says what it was', async () => {
  const errors = { ENOSPC: 'write_disk_full', EDQUOT: 'write_disk_full', EROFS: 'write_read_only', EACCES: 'write_refused', EIO: 'disk_failed', EMFILE: 'too_many_open_files', EBUSY: 'file_in_use' }
  const codes = Object.entries(errors)
  const found: unknown[] = []
  const expected: unknown[] = []
  for (let at = 0; ; at++) {
    const [code, told] = codes[at % codes.length] ?? []
    const outcome = await applyWith((step) => {
      if (step === at) throw Object.assign(new Error(code), { code })
    })
    if (outcome === 'applied') break
    expected.push([at, told, before])
    found.push([at, outcome, await folderTree(config)])
  }
  expect(found).toEqual(expected)
  expect(found.length).toBeGreaterThan(30)
})

test('cancelled at any step, everything is put back', async () => {
  const found: unknown[] = []
  for (let at = 0; ; at++) {
    const controller = new AbortController()
    const outcome = await applyWith((step) => {
      if (step === at) controller.abort()
    }, controller.signal)
    if (outcome === 'applied') break
    found.push([outcome, await folderTree(config)])
  }
  expect(found).toEqual(found.map(() => ['cancelled', before]))
  expect(found.length).toBeGreaterThan(30)
})

async function applyWith(hook: (step: number) => void, signal?: AbortSignal): Promise<string> {
  let step = 0
  const beforeStep = (): void => hook(step++)
  return applyPlan(plan, { config, owner, beforeStep, ...(signal === undefined ? {} : { signal }) }).then(
    () => 'applied',
    (thrown: unknown) => (thrown instanceof Problem ? thrown.code : String(thrown)),
  )
}

test.each<[string, (config: string) => Promise<unknown>]>([
  ['a settings file that was edited', (config) => appendFile(join(config, 'elasticsearch.yml'), 'x: 1\n')],
  ['a file where the plan puts something', (config) => writeFile(join(config, 'certs.1700000000.orig'), '')],
  ['a folder where the plan makes one', (config) => mkdir(join(config, 'jvm.options.d'))],
  ['a file that is gone', (config) => rm(join(config, 'elasticsearch.keystore'))],
])('%s is found before anything is touched', async (_, change) => {
  await change(config)
  const changed = await folderTree(config)
  await expect(applyPlan(plan, { config, owner })).rejects.toMatchObject({ code: 'changed_meanwhile', exit: 3 })
  expect(await folderTree(config)).toEqual(changed)
})

test('a file that appears while the plan is applied is not overwritten', async () => {
  const path = join(config, 'new.txt')
  const outcome = applyPlan(
    { kind: 'first-node', title: '', changes: [write(path)] },
    { config, owner, beforeStep: async (step) => (step === 'put in place new.txt' ? writeFile(path, 'somebody else') : undefined) },
  )
  await expect(outcome).rejects.toMatchObject({ code: 'changed_meanwhile' })
  expect(await readFile(path, 'utf8')).toBe('somebody else')
  expect(await readdir(config)).not.toContain('.firstnode')
})

test('a file that is edited while the plan is applied keeps the edit', async () => {
  const path = join(config, 'elasticsearch.yml')
  const replaces = await hashOf(path)
  const outcome = applyPlan(
    { kind: 'first-node', title: '', changes: [write(path, replaces)] },
    { config, owner, beforeStep: async (step) => (step === 'keep elasticsearch.yml' ? appendFile(path, 'mine: 1\n') : undefined) },
  )
  await expect(outcome).rejects.toMatchObject({ code: 'changed_meanwhile' })
  expect(await readFile(path, 'utf8')).toContain('mine: 1')
  expect(await readdir(config)).not.toContain('.firstnode')
})

test.each<[string, string, (at: (...parts: string[]) => string) => Plan['changes'][number]]>([
  ['outside of the config directory', 'outside_config', (at) => write(at('..', 'escaped'))],
  ['into our own folder', 'outside_config', (at) => write(at('.firstnode', 'x'))],
  ['through a linked folder', 'not_a_folder', (at) => write(at('away', 'escaped'))],
  ['over a folder', 'not_a_plain_file', (at) => write(at('certs'), 'x')],
  ['into a folder that is not there', 'write_refused', (at) => write(at('nowhere', 'x'))],
  ['into a file', 'not_a_folder', (at) => write(at('elasticsearch.yml', 'x'))],
  ['over a link that leads nowhere', 'not_a_plain_file', (at) => write(at('dangling'), 'x')],
  ['deleting what is not there', 'changed_meanwhile', (at) => ({ kind: 'delete', path: at('nothing'), note: '' })],
  ['deleting a folder', 'not_a_plain_file', (at) => ({ kind: 'delete', path: at('certs'), note: '' })],
  ['renaming what is not there', 'changed_meanwhile', (at) => ({ kind: 'rename', from: at('nothing'), to: at('x'), note: '' })],
  ['renaming over something', 'changed_meanwhile', (at) => ({ kind: 'rename', from: at('certs'), to: at('elasticsearch.yml'), note: '' })],
])('refused, with nothing touched: %s', async (_, code, change) => {
  await symlink('/', join(config, 'away'))
  await symlink('nowhere', join(config, 'dangling'))
  before = await folderTree(config)
  const changes = [write(join(config, 'fine')), change((...parts) => join(config, ...parts))]
  await expect(applyPlan({ kind: 'first-node', title: '', changes }, { config, owner })).rejects.toMatchObject({ code })
  expect(await folderTree(config)).toEqual(before)
})

test('a second plan is refused while the first is neither settled nor put back', async () => {
  await applyPlan(plan, { config, owner })
  const applied = await folderTree(config)
  await expect(applyPlan({ kind: 'first-node', title: '', changes: [write(join(config, 'more'))] }, { config, owner })).rejects.toMatchObject({ code: 'recover_first' })
  expect(await folderTree(config)).toEqual(applied)
})

test('a link is replaced by a file, as stock does, and is a link again when rolled back', async () => {
  await applyPlan(plan, { config, owner })
  expect((await lstat(join(config, 'linked.options'))).isSymbolicLink()).toBe(false)
  await rollBack(config)
  expect(await readlink(join(config, 'linked.options'))).toBe('shared.options')
})

test('the content of secret files stands nowhere in .firstnode', async () => {
  await applyPlan(plan, { config, owner })
  const own = join(config, '.firstnode')
  const files = (await readdir(own, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const texts = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')))
  expect(texts.length).toBeGreaterThan(3)
  expect(texts.filter((text) => text.includes(secretContent))).toEqual([])
})

test('the journal holds our lines of a settings file, not the lines of the person', async () => {
  await applyPlan(plan, { config, owner })
  const journal = await readFile(join(config, '.firstnode', 'journal.json'), 'utf8')
  expect(journal).toContain('xpack.security.enabled: true')
  expect(journal).not.toContain('node.attr.rack')
})

test('without a config directory it says so', async () => {
  await expect(applyPlan(plan, { config: join(config, 'nowhere'), owner })).rejects.toMatchObject({ code: 'file_missing' })
  expect(await folderContent(config)).toEqual(before.map((line) => line.replace(/ @\d+/, '')))
})
