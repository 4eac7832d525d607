import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { endGroup } from '../../../engine/node/end-group.ts'
import { isAlive, listProcesses } from '../../../engine/node/process-table.ts'

test('ps gives the command line with its blanks and letters, and when the process began', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume(); console.log("up")', '/Users/x/Elastic & Co ünïcødé/lib'], { stdio: ['pipe', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  const found = (await listProcesses()).find(({ pid }) => pid === child.pid)
  const ended = once(child, 'exit')
  child.kill()
  await ended
  expect(found?.line).toContain('/Users/x/Elastic & Co ünïcødé/lib')
  expect(found).toMatchObject({ parent: process.pid, uid: process.getuid?.() })
  expect(Math.abs((found?.startedAt ?? 0) - Date.now())).toBeLessThan(60_000)
})

test('a group is ended whole, and one of which nothing is left but what nobody collected is no obstacle', async () => {
  const leader = spawn('/bin/sh', ['-c', 'sleep 600 & echo $!; wait'], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  const [text] = (await once(leader.stdout, 'data')) as [Buffer]
  await endGroup(leader.pid ?? 0)
  expect(await isAlive(Number(text.toString().trim()))).toBe(false)
})
