import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyPlan } from '../../../engine/plan/apply.ts'
import { lockHome } from '../../../engine/plan/lock.ts'
import { rollBack } from '../../../engine/plan/roll-back.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { sampleConfig, sampleOwner, samplePlan, type Sample } from '../../support/plan/sample-config.ts'

let sample: Sample

beforeEach(async () => {
  sample = await sampleConfig()
})
afterEach(() => sample.remove())

test('times that no floating-point number holds come back to the last nanosecond, of files and folders (needs the touch of GNU)', async () => {
  const { config } = sample
  const found: string[][] = []
  const expected: string[][] = []
  for (let round = 0; round < 5; round++) {
    // what the system stamps has odd nanoseconds
    await writeFile(join(config, `file-${round}`), '')
    await writeFile(join(config, 'certs', `file-${round}`), '')
    expected.push(await folderTree(config))
    const lock = await lockHome({ config })
    await applyPlan(await samplePlan(config), { config, owner: sampleOwner })
    await rollBack(config)
    await lock.release()
    found.push(await folderTree(config))
  }
  expect(found).toEqual(expected)
})
