import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAppLog } from './app-log.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-log-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('lines are written in order, each with its time, in a folder that is made', async () => {
  const log = createAppLog(join(folder, 'logs'), { now: () => new Date(0) })
  log.note('Started')
  log.note('Two\nlines')
  await log.written()
  expect(await readFile(join(folder, 'logs', 'firstnode.log'), 'utf8')).toBe('1970-01-01T00:00:00.000Z Started\n1970-01-01T00:00:00.000Z Two\n    lines\n')
})

test('a log that has grown is put aside, and the oldest goes', async () => {
  const log = createAppLog(folder, { most: 30 })
  for (let number = 1; number <= 5; number++) log.note(`line number ${number}`)
  await log.written()
  expect((await readdir(folder)).sort()).toEqual(['firstnode.1.log', 'firstnode.2.log', 'firstnode.log'])
  expect(await readFile(join(folder, 'firstnode.log'), 'utf8')).toContain('line number 5')
  expect(await readFile(join(folder, 'firstnode.2.log'), 'utf8')).toContain('line number 3')
})

test('a report gets the newest lines, whole ones', async () => {
  await writeFile(join(folder, 'firstnode.log'), `${'x'.repeat(40_000)}\nthe last but one\nthe last\n`)
  expect(await createAppLog(folder).newest()).toBe('the last but one\nthe last\n')
})

test('a folder that cannot be written in ends nothing', async () => {
  await writeFile(join(folder, 'file'), '')
  const log = createAppLog(join(folder, 'file', 'logs'))
  log.note('Started')
  await log.written()
  expect(await log.newest()).toBe('')
})
