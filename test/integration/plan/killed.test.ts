import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { applyPlan } from '../../../engine/plan/apply.ts'
import { lockHome } from '../../../engine/plan/lock.ts'
import { recover } from '../../../engine/plan/recover.ts'
import { undoFiles } from '../../../engine/plan/undo.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { sampleConfig, sampleOwner, samplePlan, type Sample } from '../../support/plan/sample-config.ts'

let sample: Sample
let before: string[]
/** some two hundred processes start here: what the first one compiled serves the others */
let compiled: string

beforeAll(async () => {
  compiled = await mkdtemp(join(tmpdir(), 'firstnode-compiled-'))
  const warm = await sampleConfig()
  await run('none', warm.config, 0)
  await warm.remove()
})
afterAll(() => rm(compiled, { recursive: true }))

beforeEach(async () => {
  sample = await sampleConfig()
  before = await folderTree(sample.config)
})
afterEach(() => sample.remove())

test('a process killed at every step of applying leaves what the next one puts back byte for byte, its lock taken over', async () => {
  const { config } = sample
  const found: unknown[] = []
  for (let step = 0; ; step++) {
    if ((await run('apply', config, step)) === 'finished') break
    const lock = await lockHome({ config })
    await recover(config)
    await lock.release()
    found.push([step, await folderTree(config)])
  }
  expect(found).toEqual(found.map((_, step) => [step, before]))
  expect(found.length).toBeGreaterThan(30)
})

test.each(firstOf('undo' as const, 'recover' as const))('a process killed at every step of %s leaves what the next one completes', async (deed) => {
  const { config } = sample
  const found: unknown[] = []
  for (let step = 0; ; step++) {
    await applyPlan(await samplePlan(config), { config, owner: sampleOwner })
    if ((await run(deed, config, step)) === 'finished') break
    const lock = await lockHome({ config })
    await (deed === 'undo' ? undoFiles(config) : recover(config))
    await lock.release()
    found.push([step, await folderTree(config)])
  }
  expect(found).toEqual(found.map((_, step) => [step, before]))
  expect(found.length).toBeGreaterThan(30)
})

lengthy('a process killed at any time, also between steps, leaves what recover puts back', async () => {
  const { config } = sample
  const found: unknown[] = []
  for (let after = 0; after < 40; after++) {
    await run('apply', config, 10_000, 60 + after * 6)
    const lock = await lockHome({ config })
    await recover(config)
    await lock.release()
    found.push([after, (await folderTree(config)).slice(1)])
  }
  // the time of the config directory itself is lost where the death falls between removing the last trace and giving the time back
  expect(found).toEqual(found.map((_, after) => [after, before.slice(1)]))
})

/** Does a deed in a process of its own, which ends itself before step `dieAt`, or is killed `afterMs` after it was started. */
async function run(deed: string, config: string, dieAt: number, afterMs?: number): Promise<'finished' | 'killed'> {
  const script = fileURLToPath(new URL('../../support/plan/apply-and-die.ts', import.meta.url))
  const child = spawn(process.execPath, [script, deed, config, String(dieAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  })
  if (afterMs !== undefined) {
    const kill = setTimeout(() => child.kill('SIGKILL'), afterMs)
    child.once('exit', () => clearTimeout(kill))
  }
  let said = ''
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()))
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (signal === null && code !== 0) throw new Error(`the process ended with ${code}: ${said}`)
  return signal === null && said.includes('finished') ? 'finished' : 'killed'
}
