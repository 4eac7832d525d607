import { spawn } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import type { NodeStatus } from '../../../shared/contract/node.ts'
import { begin, firstnode, json, programPath, untilSaid, type Running } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { curlStatus } from '../../cli/outside.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { long } from '../../support/long.ts'

let fresh: FreshHome
let ports: string[]
beforeEach(async () => {
  fresh = await freshHome('9.4.3')
  const { http, transport } = await freePorts()
  ports = ['--http-port', String(http), '--transport-port', String(transport), '--heap', '512m']
})
afterEach(async () => {
  await firstnode(['stop', '--home', fresh.home], { java: fresh.java })
  await fresh.remove()
})

const call = (...args: string[]) => firstnode([...args, '--home', fresh.home], { java: fresh.java })
const beginUp = (...args: string[]): Running => begin(['up', '--home', fresh.home, ...ports, ...args], { java: fresh.java })

/** A second one is told that one is at work. */
async function isBusy(): Promise<void> {
  const second = await firstnode(['up', '--home', fresh.home, ...ports, '--json'], { java: fresh.java })
  expect(second.code).toBe(5)
  expect(json(second)).toMatchObject({ error: { code: 'busy' } })
}

async function credentialsWork(up: UpResult): Promise<void> {
  expect(up.password).not.toBeNull()
  expect(await curlStatus(up.url, up.caCertificate!, up.password!)).toBe(200)
}

test.each([
  ['SIGINT', 'Make keys', 130] as const,
  ['SIGTERM', 'Start Java', 143] as const,
  ...(long ? [['SIGINT', 'Listen', 130] as const] : []),
])('%s while it says "%s" puts everything back and ends with %i', async (signal, words, exit) => {
  const before = await folderTree(fresh.home)
  const up = beginUp()
  await untilSaid(up, words)
  const stopped = await call('stop', '--json')
  expect([stopped.code, json(stopped)]).toMatchObject([5, { error: { code: 'busy' } }])
  up.child.kill(signal)
  const { code, out, err } = await up.ended
  expect({ code, out }).toEqual({ code: exit, out: '' })
  expect(err).toContain('Cancelled.')
  expect(await folderTree(fresh.home)).toEqual(before)
  expect(json(await call('status', '--json'))).toMatchObject({ running: false })
})

test.each(firstOf('Listen', 'Write files', 'Start Java'))('up killed outright while it says "%s" leaves a home on which the next up ends with credentials that work', async (words) => {
  const up = beginUp()
  if (words === 'Listen') {
    await untilSaid(up, 'Start Java')
    await isBusy()
  }
  await untilSaid(up, words)
  up.child.kill('SIGKILL')
  await up.ended
  const next = await firstnode(['up', '--home', fresh.home, ...ports, '--json'], { java: fresh.java })
  expect({ code: next.code, err: next.err }).toMatchObject({ code: 0 })
  await credentialsWork(json(next) as UpResult)
})

lengthy('nobody reads the credentials: it says so, and the next up hands over ones that work', async () => {
  // The reader of the pipe ends at once, as `up | true` has it.
  const shell = spawn('sh', ['-c', '{ "$@"; echo "exit $?" >&2; } | true', 'sh', process.execPath, programPath(), 'up', '--home', fresh.home, ...ports], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ES_JAVA_HOME: fresh.java },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let err = ''
  shell.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  await new Promise((resolve) => shell.on('close', resolve))
  expect(err).toContain('(nobody_read)')
  expect(err).toContain('exit 4')
  const next = await call('up', '--json')
  expect({ code: next.code, err: next.err }).toMatchObject({ code: 0 })
  await credentialsWork(json(next) as UpResult)
})

lengthy('a second up on a home at which one is at work is told so, and harms nothing', async () => {
  const first = beginUp('--json')
  await untilSaid(first, 'Start Java')
  await isBusy()
  const ended = await first.ended
  expect({ code: ended.code, err: ended.err }).toMatchObject({ code: 0 })
  await credentialsWork(json(ended) as UpResult)
})

lengthy('a node that is killed during its start ends it with an error, and the home is what it was', async () => {
  const before = await folderTree(fresh.home)
  const up = beginUp('--json')
  await untilSaid(up, 'Load modules')
  const { node } = json(await call('status', '--json')) as NodeStatus
  process.kill(node!.pid, 'SIGKILL')
  const ended = await up.ended
  expect({ code: ended.code, err: ended.err }).toMatchObject({ code: 4 })
  expect(json(ended)).toMatchObject({ error: { code: expect.stringMatching(/^node_/) as string, message: expect.stringContaining('Every file is as it was before') as string } })
  expect(await folderTree(fresh.home)).toEqual(before)
})
