import { mkdtemp, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { folderTree } from '../../test/support/folder-tree.ts'
import { modelLines, pick, randomFolder, randomPlan, seeded } from '../../test/support/plan/random-plan.ts'
import { giveAll, sampleOwner } from '../../test/support/plan/sample-config.ts'
import { Stopping } from '../../test/support/plan/stopping.ts'
import { applyPlan } from './apply.ts'
import { recover } from './recover.ts'
import { rollBack } from './roll-back.ts'
import { settle } from './settled.ts'
import { undoFiles } from './undo.ts'

vi.setConfig({ testTimeout: 600_000 })

const owner = sampleOwner
/** how many plans, and from which seed: a failure names its seed */
const plans = Number(process.env.FIRSTNODE_PLANS ?? 40)
const first = Number(process.env.FIRSTNODE_PLAN_SEED ?? 1)

const ways = ['rolled back', 'dies', 'dies again and again', 'cancelled', 'settled and undone', 'undo dies'] as const

test(`${plans} plans made at random are applied as a model says, and put back byte for byte in every way`, async () => {
  for (let seed = first; seed < first + plans; seed++) {
    const random = seeded(seed)
    const folder = await realpath(await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'firstnode-random-')))
    const stopping = new Stopping()
    try {
      const model = await randomFolder(folder, random)
      await giveAll(folder)
      const before = await folderTree(folder)
      const { plan, after } = randomPlan(folder, model, random)
      await applyPlan(plan, { config: folder, owner })
      expect({ seed, lines: await linesOf(folder) }).toEqual({ seed, lines: modelLines(after) })
      await rollBack(folder)
      const way = pick(ways, random) ?? 'dies'
      const steps = Math.floor(random() * 6 * plan.changes.length)
      await putBackBy(way, steps, stopping, folder, plan)
      expect({ seed, way, tree: await folderTree(folder) }).toEqual({ seed, way, tree: before })
    } catch (thrown) {
      throw new Error(`seed ${seed}: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { cause: thrown })
    } finally {
      await rm(folder, { recursive: true, force: true })
      stopping.bury()
    }
  }
})

async function putBackBy(way: (typeof ways)[number], steps: number, stopping: Stopping, config: string, plan: Parameters<typeof applyPlan>[0]): Promise<void> {
  switch (way) {
    case 'rolled back':
      await applyPlan(plan, { config, owner })
      await rollBack(config)
      break
    case 'dies':
      await stopping.until(steps, (beforeStep) => applyPlan(plan, { config, owner, beforeStep }))
      await recover(config)
      break
    case 'dies again and again':
      await stopping.until(steps, (beforeStep) => applyPlan(plan, { config, owner, beforeStep }))
      for (let deaths = 0; (await stopping.until(1 + (deaths % 9), (beforeStep) => recover(config, { beforeStep }))) === 'stopped'; ) deaths++
      break
    case 'cancelled': {
      const controller = new AbortController()
      let step = 0
      const beforeStep = (): void => (step++ === steps ? controller.abort() : undefined)
      await applyPlan(plan, { config, owner, beforeStep, signal: controller.signal }).catch((thrown: unknown) => {
        if (!controller.signal.aborted) throw thrown
      })
      await recover(config)
      break
    }
    case 'settled and undone':
      await applyPlan(plan, { config, owner })
      await settle(config)
      await recover(config)
      await undoFiles(config)
      break
    case 'undo dies':
      await applyPlan(plan, { config, owner })
      await settle(config)
      await stopping.until(steps, (beforeStep) => undoFiles(config, { beforeStep }))
      await undoFiles(config)
      break
  }
}

async function linesOf(folder: string, inside = ''): Promise<string[]> {
  const lines: string[] = []
  for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
    const place = inside === '' ? entry.name : `${inside}/${entry.name}`
    if (place === '.firstnode') continue
    const path = join(folder, place)
    if (entry.isDirectory()) lines.push(`${place} folder `, ...(await linesOf(folder, place)))
    else if (entry.isSymbolicLink()) lines.push(`${place} link ${await readlink(path)}`)
    else lines.push(`${place} file ${await readFile(path, 'utf8')}`)
  }
  return lines.sort()
}
