import { appendFile, mkdtemp, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { followFile, logsBefore, newestLog } from './log-follow.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-log-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

test('only what comes after the beginning is read, in whole lines', async () => {
  const path = join(folder, 'a_server.json')
  await writeFile(path, 'old\n')
  const file = followFile(path, 4, null)
  await appendFile(path, 'one\ntw')
  expect(await file.read()).toEqual(['one'])
  expect(file.rest()).toBe('tw')
  await appendFile(path, 'o\r\n')
  expect(await file.read()).toEqual(['two'])
  expect(await file.read()).toEqual([])
})

test('a file that does not exist yet is waited for', async () => {
  const path = join(folder, 'later.log')
  const file = followFile(path, 0, null)
  expect(await file.read()).toEqual([])
  await writeFile(path, 'here\n')
  expect(await file.read()).toEqual(['here'])
})

test('a character that is torn between two reads is put together', async () => {
  const path = join(folder, 'a.log')
  const bytes = Buffer.from('größe\n')
  await writeFile(path, bytes.subarray(0, 3))
  const file = followFile(path, 0, null)
  expect(await file.read()).toEqual([])
  await appendFile(path, bytes.subarray(3))
  expect(await file.read()).toEqual(['größe'])
})

test('rotation is followed: the file renamed away, a new one begun', async () => {
  const path = join(folder, 'a.log')
  await writeFile(path, 'before\n')
  const file = followFile(path, 0, null)
  expect(await file.read()).toEqual(['before'])
  await rename(path, join(folder, 'a-1.log'))
  await writeFile(path, 'after the rotation\n')
  expect(await file.read()).toEqual(['after the rotation'])
})

test('a file that was cut short is read from its beginning', async () => {
  const path = join(folder, 'a.log')
  await writeFile(path, 'a long first line\n')
  const file = followFile(path, 0, null)
  await file.read()
  await truncate(path, 0)
  await appendFile(path, 'anew\n')
  expect(await file.read()).toEqual(['anew'])
})

test('one read takes a bounded part of a large file, and nothing is lost', async () => {
  const path = join(folder, 'a.log')
  const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index} ${'x'.repeat(20)}`)
  await writeFile(path, `${lines.join('\n')}\n`)
  const file = followFile(path, 0, null)
  const first = await file.read()
  expect(first.length).toBeLessThan(lines.length)
  const all = [...first]
  for (let more = await file.read(); more.length > 0; more = await file.read()) all.push(...more)
  expect(all).toEqual(lines)
})

test('the log that grows after a start is the node\'s, the JSON one first', async () => {
  await writeFile(join(folder, 'old_server.json'), '{}\n')
  const logs = await logsBefore(folder)
  expect(await logs.grown()).toBeNull()
  await writeFile(join(folder, 'mine.log'), 'x\n')
  await writeFile(join(folder, 'mine_deprecation.json'), '{}\n')
  await writeFile(join(folder, 'gc.log'), 'gc\n')
  expect(await logs.grown()).toMatchObject({ path: join(folder, 'mine.log'), offset: 0, json: false })
  await writeFile(join(folder, 'mine_server.json'), '{}\n')
  expect(await logs.grown()).toMatchObject({ path: join(folder, 'mine_server.json'), json: true })
})

test('a log that was there is followed from where it ended', async () => {
  const path = join(folder, 'es_server.json')
  await writeFile(path, '{"old":1}\n')
  const logs = await logsBefore(folder)
  await appendFile(path, '{"new":1}\n')
  expect(await logs.grown()).toMatchObject({ offset: 10, json: true })
})

test('the newest log is found for a node that another one started', async () => {
  expect(await newestLog(folder)).toBeNull()
  await writeFile(join(folder, 'a_server.json'), '{}\n')
  await writeFile(join(folder, 'b_server.json'), '{}\n')
  await utimes(join(folder, 'a_server.json'), 1, 1)
  expect(await newestLog(folder)).toBe(join(folder, 'b_server.json'))
})
