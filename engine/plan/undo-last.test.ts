import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderTree } from '../../test/support/folder-tree.ts'
import type { PlanKind } from './plan.ts'
import { applyPlan } from './apply.ts'
import { sha256 } from './entry.ts'
import { settle } from './settled.ts'
import { originalBeforeLast, standingLast, undoLast } from './undo-last.ts'
import { undoFiles } from './undo.ts'

let config: string
const path = (): string => join(config, 'elasticsearch.yml')
beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'firstnode-undo-last-'))
  await writeFile(path(), 'a: 1\nb: 2\nc: 3\n')
})
afterEach(() => rm(config, { recursive: true, force: true }))

async function apply(kind: PlanKind, change: (text: string) => string): Promise<void> {
  const before = await readFile(path())
  const content = Buffer.from(change(before.toString()))
  await applyPlan({ kind, title: kind, changes: [{ kind: 'write', path: path(), content, replaces: sha256(before), mode: 0o644, owner: null, secret: false, note: '' }] }, { config, owner: null })
}

async function standing(kind: PlanKind, change: (text: string) => string): Promise<void> {
  await apply(kind, change)
  await settle(config)
}

const text = async (): Promise<string> => readFile(path(), 'utf8')

test('plans of one kind that stand last are put back byte for byte, those below them stay', async () => {
  const before = await folderTree(config)
  await standing('first-node', (now) => `${now}first: 1\n`)
  const first = await text()
  await standing('opening', (now) => now.replace('b: 2', 'b: 20'))
  await standing('opening', (now) => now.replace('b: 20', 'b: 200'))
  expect(await standingLast(config, 'opening')).toMatchObject({ count: 2, above: null, putBack: { restored: [path()] } })
  expect(Buffer.from((await originalBeforeLast(config, 'opening', 'elasticsearch.yml')) ?? []).toString()).toBe(first)
  expect(await originalBeforeLast(config, 'opening', 'remedy')).toBeNull()
  expect(await undoLast(config, 'opening')).toMatchObject({ restored: [path()], merged: [], beside: [], kept: [] })
  expect(await text()).toBe(first)
  expect(await standingLast(config, 'opening')).toMatchObject({ count: 0, above: null })
  await undoFiles(config)
  expect(await folderTree(config)).toEqual(before)
})

test('where they are all there is, no trace of them is left', async () => {
  const before = await folderTree(config)
  await standing('opening', (now) => now.replace('b: 2', 'b: 20'))
  await undoLast(config, 'opening')
  expect(await folderTree(config)).toEqual(before)
})

test('what was edited since stays, and ours goes', async () => {
  await standing('opening', (now) => now.replace('b: 2', 'b: 20'))
  await writeFile(path(), `${await text()}d: 4\n`)
  expect(await undoLast(config, 'opening')).toMatchObject({ merged: [path()], beside: [] })
  expect(await text()).toBe('a: 1\nb: 2\nc: 3\nd: 4\n')
})

test('one that another plan stands upon is not touched, and that plan is named', async () => {
  await standing('opening', (now) => now.replace('b: 2', 'b: 20'))
  await standing('remedy', (now) => now.replace('c: 3', 'c: 30'))
  expect(await standingLast(config, 'opening')).toMatchObject({ count: 0, above: 'remedy' })
  await undoLast(config, 'opening')
  expect(await text()).toBe('a: 1\nb: 20\nc: 30\n')
})

test('a plan that was not settled comes first', async () => {
  await standing('opening', (now) => now.replace('b: 2', 'b: 20'))
  await apply('remedy', (now) => now.replace('c: 3', 'c: 30'))
  await expect(undoLast(config, 'opening')).rejects.toMatchObject({ code: 'recover_first' })
})

test('killed at any step and repeated, it ends the same', async () => {
  for (let at = 1; ; at += 1) {
    await rm(join(config, '.firstnode'), { recursive: true, force: true })
    await writeFile(path(), 'a: 1\nb: 2\nc: 3\n')
    await standing('first-node', (now) => `${now}first: 1\n`)
    const first = await text()
    await standing('opening', (now) => now.replace('b: 2', 'b: 20'))
    let step = 0
    const beforeStep = (): void => {
      step += 1
      if (step === at) throw new Error('killed')
    }
    const died = await undoLast(config, 'opening', { beforeStep }).then(() => false, () => true)
    if (died) await undoLast(config, 'opening')
    expect([at, await text()]).toEqual([at, first])
    expect((await readdir(join(config, '.firstnode'))).filter((name) => name.startsWith('at.'))).toHaveLength(1)
    if (!died) break
  }
})

test('a settling that was cut off before its journal was gone stands: another plan can be applied on it, and it is put back without a trace', async () => {
  const before = await folderTree(config)
  const journal = join(config, '.firstnode', 'journal.json')
  const torn = async (change: (now: string) => string): Promise<void> => {
    await apply('opening', change)
    const left = await readFile(journal)
    await settle(config)
    await writeFile(journal, left)
  }
  await torn((now) => now.replace('b: 2', 'b: 20'))
  await torn((now) => now.replace('b: 20', 'b: 200'))
  await undoLast(config, 'opening')
  expect(await folderTree(config)).toEqual(before)
})
