import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { folderTree } from '../../test/support/folder-tree.ts'
import { sampleConfig, sampleOwner, samplePlan, type Sample } from '../../test/support/plan/sample-config.ts'
import { Stopping } from '../../test/support/plan/stopping.ts'
import { applyPlan } from './apply.ts'
import { recover } from './recover.ts'
import { settle } from './settled.ts'
import { undoFiles } from './undo.ts'

// the loops below apply a plan some forty times each, and a busy machine is slow
vi.setConfig({ testTimeout: 60_000 })

const owner = sampleOwner
// recovery and undo that die at every single step: test/integration/plan/killed.test.ts
let sample: Sample
let before: string[]
let stopping: Stopping

beforeEach(async () => {
  sample = await sampleConfig()
  before = await folderTree(sample.config)
  stopping = new Stopping()
})
afterEach(async () => {
  await sample.remove()
  stopping.bury()
})

test('a process that dies at any step of applying leaves what recover puts back byte for byte', async () => {
  const { config } = sample
  const plan = await samplePlan(config)
  const found: unknown[] = []
  for (let at = 0; ; at++) {
    if ((await stopping.until(at, (beforeStep) => applyPlan(plan, { config, owner, beforeStep }))) === 'finished') break
    await recover(config)
    found.push([stopping.steps.at(-1), await folderTree(config)])
  }
  expect(found).toEqual(stopping.steps.map((step) => [step, before]))
  expect(found.length).toBeGreaterThan(30)
})

test('recovery that dies again and again, each time a little further, ends byte for byte', async () => {
  const { config } = sample
  const plan = await samplePlan(config)
  await stopping.until(40, (beforeStep) => applyPlan(plan, { config, owner, beforeStep }))
  let deaths = 0
  while ((await stopping.until(1 + (deaths % 7), (beforeStep) => recover(config, { beforeStep }))) === 'stopped') deaths++
  expect(deaths).toBeGreaterThan(5)
  expect(await folderTree(config)).toEqual(before)
})

test('an undo that dies again and again, each time a little further, ends byte for byte', async () => {
  const { config } = sample
  await applyPlan(await samplePlan(config), { config, owner })
  await settle(config)
  let deaths = 0
  while ((await stopping.until(1 + (deaths % 7), (beforeStep) => undoFiles(config, { beforeStep }))) === 'stopped') deaths++
  expect(deaths).toBeGreaterThan(5)
  expect(await folderTree(config)).toEqual(before)
})
