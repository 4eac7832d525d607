import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
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

test('a secret that an error quotes is not written', async () => {
  const log = createAppLog(folder)
  log.note('Unheard: Error: connecting to https://elastic:hunter2@localhost:9200 failed\n    password: hunter2')
  await log.written()
  const text = await readFile(join(folder, 'firstnode.log'), 'utf8')
  expect(text).toContain('localhost:9200 failed')
  expect(text).not.toContain('hunter2')
})

test('nobody else on the machine may read it', async () => {
  const log = createAppLog(folder)
  log.note('Started')
  await log.written()
  // Windows has no such modes: there the folder for logs is the account's own.
  expect((await stat(join(folder, 'firstnode.log'))).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
})
