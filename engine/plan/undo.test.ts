import { appendFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderTree } from '../../test/support/folder-tree.ts'
import { hashOf, sampleConfig, sampleOwner, samplePlan, settingsAfter, type Sample } from '../../test/support/plan/sample-config.ts'
import { applyPlan } from './apply.ts'
import type { Plan } from './plan.ts'
import { readRecord, writeRecord } from './record.ts'
import { recover } from './recover.ts'
import { previewRollBack, rollBack } from './roll-back.ts'
import { settle } from './settled.ts'
import { previewUndo, undoFiles } from './undo.ts'

const owner = sampleOwner
let sample: Sample
let config: string
let before: string[]
const at = (...parts: string[]): string => join(config, ...parts)

beforeEach(async () => {
  sample = await sampleConfig()
  config = sample.config
  before = await folderTree(config)
  await applyPlan(await samplePlan(config), { config, owner })
})
afterEach(() => sample.remove())

test('a settled set-up is undone byte for byte', async () => {
  await settle(config)
  const foreseen = await previewUndo(config)
  const done = await undoFiles(config)
  expect(await folderTree(config)).toEqual(before)
  expect(done).toEqual(foreseen)
  expect(done.restored).toContain(at('certs'))
  expect(done.kept).toEqual([])
})

test('a settled set-up is neither rolled back nor recovered', async () => {
  await settle(config)
  const applied = await folderTree(config)
  await rollBack(config)
  expect(await recover(config)).toEqual({ what: 'nothing', putBack: null })
  await settle(config)
  expect(await folderTree(config)).toEqual(applied)
})

test('a settling that was torn counts from the moment at which undo.json is there', async () => {
  const journal = await readFile(at('.firstnode', 'journal.json'))
  await settle(config)
  await writeFile(at('.firstnode', 'journal.json'), journal)
  expect((await recover(config)).what).toBe('settled')
  expect(await readFile(at('elasticsearch.yml'), 'utf8')).toBe(settingsAfter)
  await undoFiles(config)
  expect(await folderTree(config)).toEqual(before)
})

test('previewing an undo touches nothing', async () => {
  await settle(config)
  const applied = await folderTree(config)
  await previewUndo(config)
  expect(await folderTree(config)).toEqual(applied)
})

test('what a person edited in the settings stays, and only our lines go', async () => {
  await settle(config)
  await appendFile(at('elasticsearch.yml'), 'path.repo: /backup\n')
  const done = await undoFiles(config)
  expect(await readFile(at('elasticsearch.yml'), 'utf8')).toBe('# settings\n#cluster.name: my-application\nnode.attr.rack: r1\n# the end\npath.repo: /backup\n')
  expect(done).toMatchObject({ merged: [at('elasticsearch.yml')], kept: [], beside: [] })
  expect(await withoutSettings()).toEqual(before.filter((line) => !line.startsWith('elasticsearch.yml') && !line.startsWith('. ')))
})

test('settings that a person edited among our lines are kept beside, whole', async () => {
  await settle(config)
  const edited = settingsAfter.replace('  enabled: true', '  enabled: false')
  await writeFile(at('elasticsearch.yml'), edited)
  const foreseen = await previewUndo(config)
  expect(foreseen.merged).toEqual([at('elasticsearch.yml')])
  const { beside } = await undoFiles(config)
  expect(await readFile(beside[0] ?? '', 'utf8')).toBe(edited)
  expect(beside[0]).toMatch(/elasticsearch\.yml\.\d+\.orig$/)
  expect(await readFile(at('elasticsearch.yml'), 'utf8')).not.toContain('xpack')
})

test('a keystore that is not as we wrote it gives way to the old one, and is kept beside', async () => {
  await settle(config)
  await writeFile(at('elasticsearch.keystore'), 'with an entry of the person')
  const { beside } = await undoFiles(config)
  expect(await readFile(at('elasticsearch.keystore'), 'utf8')).toBe('an old keystore')
  expect(await readFile(beside[0] ?? '', 'utf8')).toBe('with an entry of the person')
})

test('a file of ours that a person changed is kept and named, with the folder it stands in', async () => {
  await settle(config)
  await writeFile(at('certs', 'http.p12'), 'a certificate of the company')
  const done = await undoFiles(config)
  expect(done.kept.map(({ path }) => path)).toEqual([at('certs', 'http.p12'), at('certs'), at('certs.1700000000.orig')])
  expect(await readdir(at('certs'))).toEqual(['http.p12'])
  expect(await readdir(at('certs.1700000000.orig'))).toEqual(['deep', 'old.crt'])
  expect(await readdir(config)).not.toContain('.firstnode')
})

test('a file that a person added to a folder of ours keeps the folder', async () => {
  await settle(config)
  await writeFile(at('jvm.options.d', 'mine.options'), '-Xss1m')
  const { kept } = await undoFiles(config)
  expect(kept).toEqual([{ path: at('jvm.options.d'), reason: 'it holds what is not ours: mine.options' }])
  expect(await readdir(at('jvm.options.d'))).toEqual(['mine.options'])
})

test('where a person put something else in the place of a file, that stays and the original is laid beside', async () => {
  await settle(config)
  await rm(at('linked.options'))
  await mkdir(at('linked.options'))
  await writeFile(at('shared.options'), 'made anew')
  const { kept, beside } = await undoFiles(config)
  expect(kept.map(({ path }) => path).sort()).toEqual([at('linked.options'), at('shared.options')])
  expect(await readFile(at('shared.options'), 'utf8')).toBe('made anew')
  const laid = beside.find((path) => path.includes('shared.options')) ?? ''
  expect(await readFile(laid, 'utf8')).toBe('shared')
})

test('what a person deleted since is put back where it was theirs, and forgotten where it was ours', async () => {
  await settle(config)
  for (const name of ['elasticsearch.yml', 'elasticsearch.keystore', 'certs', 'jvm.options.d']) await rm(at(name), { recursive: true })
  const { kept } = await undoFiles(config)
  expect(kept).toEqual([])
  expect(await folderTree(config)).toEqual(before)
})

test('two plans that were settled one after the other are undone in reverse', async () => {
  await settle(config)
  const path = at('elasticsearch.yml')
  const more = { kind: 'write' as const, path, content: Buffer.from(`${settingsAfter}transport.host: 0.0.0.0\n`), replaces: await hashOf(path), mode: 0o640, owner, secret: false, note: '' }
  await applyPlan({ kind: 'first-node', title: 'second', changes: [more] }, { config, owner })
  await settle(config)
  await undoFiles(config)
  expect(await folderTree(config)).toEqual(before)
})

test('a second plan is rolled back without touching the first, which stands', async () => {
  await settle(config)
  const first = (await folderTree(config)).filter((line) => !line.startsWith('.firstnode'))
  await applyPlan({ kind: 'first-node', title: 'second', changes: [{ kind: 'delete', path: at('elasticsearch.keystore'), note: '' }] }, { config, owner })
  await rollBack(config)
  expect((await folderTree(config)).filter((line) => !line.startsWith('.firstnode'))).toEqual(first)
  await undoFiles(config)
  expect(await folderTree(config)).toEqual(before)
})

test('before it is settled, undo does as well, without the refusals of rolling back', async () => {
  await writeFile(at('certs', 'http.p12'), 'changed')
  await expect(rollBack(config)).rejects.toMatchObject({ code: 'changed_since' })
  const { kept } = await undoFiles(config)
  expect(kept.map(({ path }) => path)).toContain(at('certs', 'http.p12'))
})

test('rolling back refuses to overwrite what a person changed, names it, and touches nothing', async () => {
  await writeFile(at('certs', 'http.p12'), 'a certificate of the company')
  await rm(at('jvm.options.d', 'heap.options'))
  await symlink('nowhere', at('jvm.options.d', 'heap.options'))
  const changed = await folderTree(config)
  expect((await previewRollBack(config)).kept.map(({ path }) => path)).toEqual([at('jvm.options.d', 'heap.options'), at('jvm.options.d'), at('certs', 'http.p12'), at('certs'), at('certs.1700000000.orig')])
  const refusal = await rollBack(config).catch((thrown: unknown) => thrown)
  expect(refusal).toMatchObject({ code: 'changed_since', exit: 3, message: expect.stringContaining(at('certs', 'http.p12')) })
  expect(refusal).toMatchObject({ message: expect.stringContaining(at('jvm.options.d', 'heap.options')) })
  expect(await folderTree(config)).toEqual(changed)
  await rm(at('certs', 'http.p12'))
  await rm(at('jvm.options.d', 'heap.options'))
  await recover(config)
  expect(await folderTree(config)).toEqual(before)
})

test('rolling back keeps edits of the settings that are apart from our lines, and takes a keystore that Elasticsearch wrote anew for ours', async () => {
  await appendFile(at('elasticsearch.yml'), 'path.repo: /backup\n')
  await writeFile(at('elasticsearch.keystore'), 'of a newer format')
  await rollBack(config)
  expect(await readFile(at('elasticsearch.yml'), 'utf8')).toContain('# the end\npath.repo: /backup\n')
  expect(await readFile(at('elasticsearch.keystore'), 'utf8')).toBe('an old keystore')
  expect((await readdir(config)).filter((name) => name.endsWith('.orig'))).toEqual([])
})

test('a journal that was damaged is told, and nothing is touched', async () => {
  await writeFile(at('.firstnode', 'journal.json'), '{"format": 1, "steps"')
  const damaged = await folderTree(config)
  for (const deed of [rollBack, recover, undoFiles, previewUndo]) await expect(deed(config)).rejects.toMatchObject({ code: 'journal_unreadable' })
  expect(await folderTree(config)).toEqual(damaged)
})

test.each(['../escaped', '/etc/passwd', 'a/../../b', '.firstnode/x', ''])('a journal that names a place outside of the config directory is refused: %s', async (place) => {
  const journal = JSON.parse(await readFile(at('.firstnode', 'journal.json'), 'utf8')) as { steps: { place?: string }[] }
  journal.steps[1] = { ...journal.steps[1], place }
  await writeFile(at('.firstnode', 'journal.json'), JSON.stringify(journal))
  await expect(rollBack(config)).rejects.toMatchObject({ code: 'journal_unreadable' })
})

async function withoutSettings(): Promise<string[]> {
  return (await folderTree(config)).filter((line) => !line.startsWith('elasticsearch.yml') && !line.startsWith('. '))
}

test('plans that stand one upon the other are undone from the last to the first, foreseen as it is done and told once', async () => {
  await rollBack(config)
  const settings = at('elasticsearch.yml')
  const commentedOut = (await readFile(settings, 'utf8')).replace('node.attr.rack', '#node.attr.rack')
  const first: Plan = { kind: 'first-node', title: 'first', changes: [{ kind: 'write', path: settings, content: Buffer.from(commentedOut), replaces: await hashOf(settings), mode: 0o640, owner, secret: false, note: '' }] }
  await applyPlan(first, { config, owner })
  await settle(config)
  const theirs = async () => (await folderTree(config)).filter((line) => !line.startsWith('.firstnode'))
  const between = await theirs()
  await applyPlan(await samplePlan(config), { config, owner })
  await rollBack(config)
  expect(await theirs()).toEqual(between)
  await applyPlan(await samplePlan(config), { config, owner })
  await settle(config)
  const foreseen = await previewUndo(config)
  expect(foreseen).toMatchObject({ merged: [], kept: [], beside: [] })
  expect(foreseen.restored.filter((path) => path === settings)).toHaveLength(1)
  expect(await undoFiles(config)).toEqual(foreseen)
  expect(await folderTree(config)).toEqual(before)
})

test('rolling back a set-up upon a plan that stands ends its record with it, and leaves that of another', async () => {
  await settle(config)
  const settings = at('elasticsearch.yml')
  const more: Plan = { kind: 'first-node', title: 'more', changes: [{ kind: 'write', path: settings, content: Buffer.from('x: 1\n'), replaces: await hashOf(settings), mode: 0o640, owner, secret: false, note: '' }] }
  const record = { setupId: '1', target: { home: '/es' }, at: 1, facts: null, answers: {}, stage: 'applied', dataExisted: false, formedCluster: null, node: null } as const
  await writeRecord(config, { ...record, files: [{ path: settings, sha256: await hashOf(settings) }] })
  await applyPlan(more, { config, owner })
  await rollBack(config)
  expect((await readRecord(config))?.setupId).toBe('1')
  const { files } = await applyPlan(more, { config, owner })
  await writeRecord(config, { ...record, setupId: '2', files: [...files] })
  await rollBack(config)
  expect(await readRecord(config)).toBeNull()
})
