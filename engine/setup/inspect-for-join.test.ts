import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { folderTree } from '../../test/support/folder-tree.ts'
import { Stopping } from '../../test/support/plan/stopping.ts'
import { smallHome, smallJoin, type SmallHome } from '../../test/support/small-join.ts'
import { inspect } from '../installation/inspect.ts'
import { inspectForJoin } from './inspect-for-join.ts'
import { SetupDesk } from './setup-desk.ts'

vi.setConfig({ testTimeout: 60_000 })

let small: SmallHome
let before: string[]
let stopping: Stopping
beforeEach(async () => {
  small = await smallHome()
  before = await folderTree(small.target.home)
  stopping = new Stopping()
})
afterEach(async () => {
  await small.remove()
  stopping.bury()
})

const joinAgain = async (): Promise<unknown> => (await inspectForJoin(small.target)).state

async function takeUp(): Promise<unknown> {
  const desk = new SetupDesk()
  const live = desk.live((await desk.resume(small.target, undefined)).setupId)
  await live.done
  return [live.state.stage, live.state.problem?.code, live.state.putBack]
}

const nextCalls = [
  { call: joinAgain, gives: 'new' },
  { call: takeUp, gives: ['failed', 'join_interrupted', 'Every file is as it was before.'] },
] as const

// both after every single step, by processes that are killed: test/integration/enroll/killed.long.test.ts
test('a join that died on its way, before its node ran, is put back byte for byte, by the next join or by taking it up, and never set up as a first node', async () => {
  const write = await smallJoin(small.target)
  const found: unknown[] = []
  const wanted: unknown[] = []
  for (let at = 0, end = 'stopped'; end === 'stopped'; at += 3) {
    end = await stopping.until(at, (beforeStep) => write(null, beforeStep))
    const { state, stateReason } = await inspect(small.target)
    const { call, gives } = nextCalls[at % 2 === 0 ? 0 : 1]
    if (state !== 'unfinished') continue
    found.push([stateReason, await call(), await folderTree(small.target.home)])
    wanted.push([expect.stringContaining('was joining a cluster'), gives, before])
  }
  expect(found).toEqual(wanted)
  expect(found.length).toBeGreaterThan(6)
})

test('where the node has run nothing is put back: that join is to be taken up', async () => {
  await (await smallJoin(small.target))(null, () => undefined)
  await mkdir(join(small.target.home, 'data', '_state'), { recursive: true })
  await writeFile(join(small.target.home, 'data', '_state', 'node.st'), 'formed')
  const there = await folderTree(join(small.target.home, 'data'))
  await expect(inspectForJoin(small.target)).rejects.toMatchObject({ code: 'unfinished_join' })
  expect(await folderTree(join(small.target.home, 'data'))).toEqual(there)
})
