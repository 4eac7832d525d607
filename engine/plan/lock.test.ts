import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { folderTree } from '../../test/support/folder-tree.ts'
import { sampleConfig, sampleOwner, samplePlan, type Sample } from '../../test/support/plan/sample-config.ts'
import { applyPlan } from './apply.ts'
import { lockHome, otherHolder } from './lock.ts'
import { processIdentity } from './process-identity.ts'
import { rollBack } from './roll-back.ts'
import { writeRecord } from './record.ts'

vi.setConfig({ testTimeout: 60_000 })

let sample: Sample
let config: string
const children: ChildProcess[] = []

beforeEach(async () => {
  sample = await sampleConfig()
  config = sample.config
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  await sample.remove()
})

test('a home is locked once, also within one process, and the second is told the pid', async () => {
  const lock = await lockHome({ config })
  await expect(lockHome({ config })).rejects.toMatchObject({ code: 'busy', exit: 5, message: expect.stringContaining(String(process.pid)) })
  expect(await otherHolder(config)).toBeNull()
  await lock.release()
  await (await lockHome({ config })).release()
})

test('locking and releasing leaves no trace, not even in the times', async () => {
  const before = await folderTree(config)
  const lock = await lockHome({ config })
  expect(await folderTree(config)).not.toEqual(before)
  await lock.release()
  expect(await folderTree(config)).toEqual(before)
})

test('a refused second leaves what the first has', async () => {
  const lock = await lockHome({ config })
  const held = (await readdir(join(config, '.firstnode'))).sort()
  await expect(lockHome({ config })).rejects.toMatchObject({ code: 'busy' })
  expect((await readdir(join(config, '.firstnode'))).sort()).toEqual(held)
  await lock.release()
})

test('under a lock a plan is applied and rolled back, and the release leaves the directory byte for byte', async () => {
  const before = await folderTree(config)
  const lock = await lockHome({ config })
  await applyPlan(await samplePlan(config), { config, owner: sampleOwner })
  await rollBack(config)
  await lock.release()
  expect(await folderTree(config)).toEqual(before)
})

test('releasing keeps what others have in .firstnode, and can be done twice', async () => {
  const lock = await lockHome({ config })
  await writeRecord(config, { setupId: 's', target: { home: '/es' }, at: 1, facts: null, answers: {}, stage: 'ready', files: [], dataExisted: false, formedCluster: null, node: null })
  await lock.release()
  await lock.release()
  expect((await readdir(join(config, '.firstnode'))).sort()).toEqual(['.gitignore', 'origin.json', 'setup.json'])
})

test('releasing the lock of a home that was removed meanwhile is no error', async () => {
  const lock = await lockHome({ config })
  await rm(config, { recursive: true })
  await expect(lock.release()).resolves.toBeUndefined()
})

test('of many in one process exactly one gets the lock', async () => {
  for (let round = 0; round < 5; round++) {
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => lockHome({ config })))
    const got = outcomes.filter((outcome) => outcome.status === 'fulfilled')
    expect(got).toHaveLength(1)
    for (const { value } of got) await value.release()
  }
  expect(await readdir(config)).not.toContain('.firstnode')
})

test('another process is told busy while the first lives; when that is killed, the lock is free again', async () => {
  const holder = taker('once')
  expect(await nextLine(holder)).toBe('held')
  await expect(lockHome({ config })).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining(String(holder.pid)) })
  const held = await folderTree(config)
  expect(await otherHolder(config)).toBe(holder.pid)
  expect(await folderTree(config)).toEqual(held)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(await otherHolder(config)).toBeNull()
  const lock = await lockHome({ config })
  expect((await readdir(join(config, '.firstnode'))).filter((name) => name.startsWith('lock.'))).toHaveLength(1)
  await lock.release()
  expect(await readdir(config)).not.toContain('.firstnode')
})

test('a lock whose pid another process has now is stale', async () => {
  const lock = await lockHome({ config })
  const own = join(config, '.firstnode')
  const [name = ''] = (await readdir(own)).filter((one) => one.startsWith('lock.'))
  await writeFile(join(own, name), JSON.stringify({ pid: process.pid, identity: 'another boot/1' }))
  const second = await lockHome({ config })
  await lock.release()
  await second.release()
  expect(await readdir(config)).not.toContain('.firstnode')
})

test('a claim of a living process whose identity could not be told counts', async () => {
  const lock = await lockHome({ config })
  const claim = join(config, '.firstnode', 'lock.1.0123456789abcdef')
  await writeFile(claim, JSON.stringify({ pid: process.ppid, identity: null }))
  await lock.release()
  await expect(lockHome({ config })).rejects.toMatchObject({ code: 'busy' })
  await writeFile(claim, JSON.stringify({ pid: process.ppid, identity: await processIdentity(process.ppid) }))
  await expect(lockHome({ config })).rejects.toMatchObject({ code: 'busy' })
})

test('processes that take a stale lock at the same moment never hold it together', async () => {
  const dead = taker('once')
  expect(await nextLine(dead)).toBe('held')
  dead.kill('SIGKILL')
  await once(dead, 'exit')
  await mkdir(join(config, 'held'))
  const takers = Array.from({ length: 4 }, () => taker('25'))
  const reports = await Promise.all(takers.map(async (child) => JSON.parse(await nextLine(child)) as { held: number; together: number }))
  expect(reports.map(({ together }) => together)).toEqual([0, 0, 0, 0])
  expect(reports.map(({ held }) => held)).toEqual([25, 25, 25, 25])
})

test('where the config directory is not there, it says so', async () => {
  await expect(lockHome({ config: join(config, 'nowhere') })).rejects.toMatchObject({ code: 'file_missing', exit: 3 })
})

function taker(how: string): ChildProcess {
  const script = fileURLToPath(new URL('../../test/support/plan/take-lock.ts', import.meta.url))
  const child = spawn(process.execPath, [script, config, how], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

async function nextLine(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const piece of child.stdout ?? []) {
    text += String(piece)
    if (text.includes('\n')) return text.slice(0, text.indexOf('\n'))
  }
  throw new Error(`the process ended with ${child.exitCode}, having said: ${text}`)
}
