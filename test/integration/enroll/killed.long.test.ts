import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspect } from '../../../engine/installation/inspect.ts'
import { inspectForJoin } from '../../../engine/setup/inspect-for-join.ts'
import { SetupDesk } from '../../../engine/setup/setup-desk.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { smallHome, type SmallHome } from '../../support/small-join.ts'

let small: SmallHome
/** some tens of processes start here: what the first one compiled serves the others */
let compiled: string

beforeAll(async () => {
  small = await smallHome()
  compiled = join(small.folder, 'compiled')
})
afterAll(() => small.remove())

async function joiningAgain(): Promise<void> {
  expect(await inspectForJoin(small.target)).toMatchObject({ state: 'new' })
}

async function takingUp(): Promise<void> {
  if ((await inspect(small.target)).state === 'new') return
  const desk = new SetupDesk()
  const { setupId } = await desk.resume(small.target, undefined)
  const live = desk.live(setupId)
  await live.done
  expect(live.state).toMatchObject({ stage: 'failed', problem: { code: 'join_interrupted' }, putBack: 'Every file is as it was before.' })
}

test.each([['joining again', joiningAgain] as const, ['taking it up', takingUp] as const])(
  'a process killed at every step of a join that has not run yet leaves a home that %s puts back, byte for byte',
  async (_, nextCall) => {
    const before = await folderTree(small.target.home)
    const found: unknown[] = []
    let unfinished = 0
    let ended: 'finished' | 'killed' = 'killed'
    for (let step = 0; ended === 'killed'; step++) {
      ended = await killedAt(step)
      const { state, stateReason } = await inspect(small.target)
      if (state === 'unfinished') unfinished++
      expect(stateReason ?? 'was joining a cluster').toContain('was joining a cluster')
      await nextCall()
      // What was noted before the first step, and the claim of a dead process, may stay until the next call that writes.
      if (state === 'unfinished') found.push([step, await folderTree(small.target.home)])
    }
    expect(found).toEqual(found.map((one) => [(one as [number])[0], before]))
    expect(unfinished).toBeGreaterThan(20)
  },
  300_000,
)

async function killedAt(step: number): Promise<'finished' | 'killed'> {
  const script = fileURLToPath(new URL('../../support/join-and-die.ts', import.meta.url))
  const child = spawn(process.execPath, [script, small.target.home, small.target.user ?? '', String(step)], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: compiled } })
  let said = ''
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()))
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (signal === null && code !== 0) throw new Error(`the process ended with ${code}: ${said}`)
  return signal === null && said.includes('finished') ? 'finished' : 'killed'
}
