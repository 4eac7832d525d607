import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unfinishedKind, type UnfinishedKind } from '../../shared/contract/unfinished.ts'
import { sampleConfig, sampleOwner, samplePlan, type Sample } from '../../test/support/plan/sample-config.ts'
import { Stopping } from '../../test/support/plan/stopping.ts'
import { applyPlan } from './apply.ts'
import { lockHome } from './lock.ts'
import { planKinds, type PlanKind } from './plan.ts'
import { writeRecord, type SetupRecord } from './record.ts'
import { recover } from './recover.ts'
import { settle } from './settled.ts'
import { undoFiles } from './undo.ts'
import { undoLast } from './undo-last.ts'
import { beginUndo, endUndo, unfinishedIn, unfinishedProblem, unfinishedWork } from './unfinished.ts'

const owner = sampleOwner
let sample: Sample
let config: string
let stopping: Stopping
beforeEach(async () => {
  sample = await sampleConfig()
  config = sample.config
  stopping = new Stopping()
})
afterEach(async () => {
  await sample.remove()
  stopping.bury()
})

const applied = async (kind: PlanKind): Promise<unknown> => applyPlan({ ...(await samplePlan(config)), kind }, { config, owner })
const record = (stage: SetupRecord['stage'], joining = false): Omit<SetupRecord, 'format'> => ({ setupId: 'one', target: { home: '/es' }, at: 0, facts: null, answers: {}, stage, files: [], dataExisted: false, joining, formedCluster: null, node: null })

test.each(planKinds)('a plan that was not settled is unfinished work of its kind, whatever its title says: %s', async (kind) => {
  await applyPlan({ ...(await samplePlan(config)), kind, title: 'Let a join b' }, { config, owner })
  expect(await unfinishedIn(config)).toBe(kind)
  await recover(config)
  expect(await unfinishedIn(config)).toBeNull()
})

test('a plan that was written down and has changed nothing yet is unfinished already', async () => {
  const plan = { ...(await samplePlan(config)), kind: 'remedy' as const }
  const before = await readFile(join(config, 'elasticsearch.yml'), 'utf8')
  await stopping.until(3, (beforeStep) => applyPlan(plan, { config, owner, beforeStep }))
  expect(await readFile(join(config, 'elasticsearch.yml'), 'utf8')).toBe(before)
  expect(await unfinishedIn(config)).toBe('remedy')
})

test.each([
  ['Let nodes of other machines in', 'opening'],
  ['Let in a temporary superuser', 'temporary-user'],
  ['Undo what stands in the way of setting up /es', 'remedy'],
  ['Connect Kibana', 'kibana'],
  ['Save the access to Elasticsearch in a project', 'handout'],
  ['Let beta join grown', 'join'],
  ['Set up Let x join y as the first node of z', 'first-node'],
] as const)('a journal of a Firstnode that wrote no kinds is taken for what its title said: %s', async (title, kind) => {
  await applyPlan({ ...(await samplePlan(config)), kind: kind === 'first-node' ? 'join' : 'first-node', title }, { config, owner })
  const path = join(config, '.firstnode', 'journal.json')
  const { kind: _, ...older } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
  await writeFile(path, JSON.stringify(older))
  expect(await unfinishedIn(config)).toBe(kind)
  await recover(config)
  expect(await unfinishedIn(config)).toBeNull()
})

test('a setup is unfinished until its hand-over, and comes before the temporary user it has added; a hand-over that was cut off is none', async () => {
  await applied('temporary-user')
  await writeRecord(config, record('ready'))
  expect(await unfinishedIn(config)).toBe('first-node')
  await writeRecord(config, record('started', true))
  expect(await unfinishedIn(config)).toBe('join')
  await writeRecord(config, record('handed-over'))
  expect(await unfinishedIn(config)).toBe('temporary-user')
  await recover(config)
  await writeRecord(config, record('handed-over'))
  await applied('first-node')
  expect(await unfinishedIn(config)).toBeNull()
})

test('an undo is unfinished from its mark on, and wherever plans that stood are half put back', async () => {
  await applied('remedy')
  await settle(config)
  expect(await unfinishedIn(config)).toBeNull()
  const lock = await lockHome({ config })
  await beginUndo(config)
  await lock.release()
  expect(await unfinishedIn(config)).toBe('undo')
  await endUndo(config)
  await stopping.until(3, (beforeStep) => undoFiles(config, { beforeStep }))
  expect(await unfinishedIn(config)).toBe('undo')
  await undoFiles(config)
  expect(await unfinishedIn(config)).toBeNull()
})

test('a closing that was interrupted is told from an undo', async () => {
  await applied('opening')
  await settle(config)
  await stopping.until(3, (beforeStep) => undoLast(config, 'opening', { beforeStep }))
  expect(await unfinishedIn(config)).toBe('closing')
})

test('every kind has words that name the home, and a command that its remedy names as well', () => {
  for (const kind of unfinishedKind.options satisfies readonly UnfinishedKind[]) {
    const { code, message, remedy, command } = unfinishedWork(kind, '/the/home')
    expect(message).toContain('/the/home')
    expect(remedy).toContain(`\`firstnode ${command}`)
    expect(unfinishedProblem(kind, '/the/home').code).toBe(code)
  }
})

test('while a living process is at it, that process is named, and no command that would end it', () => {
  const work = unfinishedWork('join', '/the/home', 4711)
  expect(work).toMatchObject({ kind: 'join', code: 'at_work', command: null, message: expect.stringContaining('process 4711') as string })
})

test('without a folder of ours, and with one that holds nothing but a lock, nothing is unfinished', async () => {
  expect(await unfinishedIn(config)).toBeNull()
  await mkdir(join(config, '.firstnode'), { mode: 0o700 })
  expect(await unfinishedIn(config)).toBeNull()
})
