import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withFileLock, type LockHolder } from './file-lock.ts'

let folder = ''
let path = ''
const signal = new AbortController().signal

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-lock-'))
  path = join(folder, 'below', 'lock')
})
afterEach(() => rm(folder, { recursive: true }))

test('one after the other, never two at once, and nothing is left', async () => {
  let inside = 0
  let most = 0
  const turn = (): Promise<void> =>
    withFileLock(path, { signal }, async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((done) => setImmediate(done))
      inside -= 1
    })
  await Promise.all(Array.from({ length: 5 }, turn))
  expect(most).toBe(1)
  expect(await readdir(join(folder, 'below'))).toEqual([])
})

test('the lock of a dead process, and of an earlier one of the same number, is taken over', async () => {
  for (const dead of [{ pid: 99_999_999, identity: '1', key: 'a' }, { pid: process.pid, identity: 'another', key: 'b' }]) {
    await withFileLock(path, { signal }, () => Promise.resolve())
    await writeFile(path, JSON.stringify(dead))
    expect(await withFileLock(path, { signal }, () => Promise.resolve('mine'))).toBe('mine')
  }
})

test('who waits is told by whom, and can give up', async () => {
  const told: LockHolder[] = []
  const cancel = new AbortController()
  await withFileLock(path, { signal }, async () => {
    const waiting = withFileLock(path, { signal: cancel.signal, onWait: (holder) => void told.push(holder) }, () => Promise.resolve())
    await expect.poll(() => told.length).toBeGreaterThan(0)
    cancel.abort()
    await expect(waiting).rejects.toThrow(/abort/i)
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid })
  })
  expect(told[0]).toMatchObject({ pid: process.pid })
})

test('a lock that is released early lets the next one in', async () => {
  await withFileLock(path, { signal }, async (release) => {
    await release()
    expect(await withFileLock(path, { signal }, () => Promise.resolve('in'))).toBe('in')
  })
})
