import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { doomed, signalTo, waitUntilGone } from '../../../engine/node/end-processes.ts'
import { isAlive } from '../../../engine/node/process-table.ts'
import { lockHome } from '../../../engine/plan/lock.ts'
import { processIdentity } from '../../../engine/plan/process-identity.ts'
import { whereIs } from '../../../engine/system/ask-system.ts'

const waiting = 'process.stdin.resume(); console.log("up")'

test('the programs of the system that are asked lie where they are looked for', async () => {
  const programs: Partial<Record<NodeJS.Platform, string[]>> = { win32: ['powershell.exe', 'icacls.exe', 'whoami.exe', 'reg.exe'], darwin: ['ps', 'xattr', 'vm_stat'] }
  const wanted = programs[process.platform] ?? []
  const there = await Promise.all(wanted.map((program) => stat(whereIs(program)).then((found) => found.isFile(), () => false)))
  expect(wanted.filter((_, index) => !there[index])).toEqual([])
})

test('a process is told from every other, is ended, and has no identity then', async () => {
  const child = spawn(process.execPath, ['-e', waiting], { stdio: ['pipe', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  const [one] = await doomed([child.pid ?? 0])
  if (one === undefined) throw new Error('the child has no identity')
  expect(one.identity).toBe(await processIdentity(one.pid))
  expect(one.identity).not.toBe(await processIdentity(process.pid))
  const ended = once(child, 'exit')
  signalTo(one, 'SIGKILL')
  await ended
  expect(await waitUntilGone([one], 10_000)).toEqual([])
  expect(await isAlive(one.pid)).toBe(false)
  expect(await processIdentity(one.pid)).toBeNull()
})

test('a home is locked for one, and its lock leaves no trace', async () => {
  const config = await mkdtemp(join(tmpdir(), 'firstnode-platform-'))
  const lock = await lockHome({ config })
  await expect(lockHome({ config })).rejects.toMatchObject({ code: 'busy' })
  await lock.release()
  expect(await readdir(config)).toEqual([])
  await rm(config, { recursive: true })
})
