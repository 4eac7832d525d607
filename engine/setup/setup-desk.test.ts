import { expect, test, vi } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { lockHome } from '../plan/lock.ts'
import { carryOut } from './carry-out.ts'
import { draftFirstNode } from './draft.ts'
import { draftJoin } from './join-draft.ts'
import { runConfigured } from './run-node.ts'
import { SetupDesk } from './setup-desk.ts'
import { takeUp } from './take-up.ts'

// What a set-up does is tested elsewhere; here only how often it is begun.
vi.mock('../plan/lock.ts', () => ({ lockHome: vi.fn(() => Promise.resolve({ release: () => Promise.resolve() })) }))
vi.mock('../installation/inspect.ts', () => ({ inspect: ({ home }: { home: string }) => Promise.resolve({ home, config: `${home}/config` }) }))
vi.mock('../plan/record.ts', () => ({ readRecord: () => Promise.resolve(null) }))
vi.mock('../enroll/join-left.ts', () => ({ isJoinLeft: () => Promise.resolve(false) }))
vi.mock('./draft.ts', () => ({ draftFirstNode: vi.fn() }))
vi.mock('./join-draft.ts', () => ({ draftJoin: vi.fn() }))
vi.mock('./carry-out.ts', () => ({ carryOut: vi.fn(() => new Promise(() => undefined)) }))
vi.mock('./run-node.ts', () => ({ runConfigured: vi.fn(() => new Promise(() => undefined)), runAsIs: vi.fn() }))
vi.mock('./way-to-start.ts', () => ({ wayToStart: () => Promise.resolve({ kind: 'configured', handover: null }) }))
vi.mock('./refuse-locked.ts', () => ({ refuseLockedTakeUp: () => Promise.resolve() }))
vi.mock('./take-up.ts', () => ({ takeUp: vi.fn(() => new Promise(() => undefined)) }))

const target = { home: '/es' }
const config = '/es/config'

const draftOf = (kind: 'first-node' | 'joining', planId: string, verify: () => Promise<void> = () => Promise.resolve()) =>
  ({ kind, planId, target, installation: { config }, facts: { portNotes: [] }, keys: { cancel: vi.fn() }, preview: { planId }, verify }) as unknown

/** What `draftFirstNode` makes, after `made`: with the keys that the desk has for this config directory. */
function drafting(planId: string, { made = Promise.resolve(), verify }: { made?: Promise<void>; verify?: () => Promise<void> } = {}): void {
  vi.mocked(draftFirstNode).mockImplementationOnce(async (_target, _answers, keysOf) => {
    await made
    return { ...(draftOf('first-node', planId, verify) as object), keys: keysOf?.(config) } as Awaited<ReturnType<typeof draftFirstNode>>
  })
}

async function deskWithPlan(): Promise<SetupDesk> {
  drafting('p')
  vi.mocked(carryOut).mockClear()
  const desk = new SetupDesk()
  await desk.plan(target, {})
  return desk
}

test('a plan that is applied once more, by a page that did not hear the answer, is the set-up that it began', async () => {
  const desk = await deskWithPlan()
  const [first, second] = await Promise.all([desk.apply('p'), desk.apply('p')])
  expect(second.setupId).toBe(first.setupId)
  expect((await desk.apply('p')).setupId).toBe(first.setupId)
  expect(carryOut).toHaveBeenCalledTimes(1)
})

test('a plan whose home was busy can be applied when it is not any more', async () => {
  const desk = await deskWithPlan()
  vi.mocked(lockHome).mockRejectedValueOnce(new Error('busy'))
  await expect(desk.apply('p')).rejects.toThrow('busy')
  await expect(desk.apply('p')).resolves.toMatchObject({ stage: 'applying' })
})

test('what must be alone on a home is refused beside a set-up, here or elsewhere, until that is over', async () => {
  const desk = new SetupDesk()
  const installation = { home: '/es', config: '/es/config' } as Installation
  const work = vi.fn(() => Promise.resolve('done'))
  vi.mocked(lockHome).mockRejectedValueOnce(problem('busy', { home: '/es', pid: 1 }))
  await expect(desk.alone(installation, work)).rejects.toMatchObject({ code: 'busy' })
  expect(work).not.toHaveBeenCalled()
  vi.mocked(lockHome).mockRejectedValueOnce(problem('write_read_only', { path: '/es' }))
  expect(await desk.alone(installation, work)).toBe('done')
  const { setupId } = await desk.start(target, undefined)
  await expect(desk.alone(installation, work)).rejects.toMatchObject({ code: 'wait_for_setup' })
  desk.live(setupId).update({ stage: 'failed' })
  expect(await desk.alone(installation, work)).toBe('done')
})

test('only the plan of a home that was asked for last can be applied', async () => {
  const desk = await deskWithPlan()
  drafting('q')
  await desk.plan(target, { httpPort: 9250 })
  await expect(desk.apply('p')).rejects.toMatchObject({ code: 'no_such_plan' })
  await expect(desk.apply('q')).resolves.toMatchObject({ stage: 'applying' })
})

test('a plan that was asked for earlier and made later does not take the place of the newer one', async () => {
  const desk = new SetupDesk()
  const slow = Promise.withResolvers<void>()
  drafting('slow', { made: slow.promise })
  drafting('quick')
  const overtaken = desk.plan(target, {})
  await desk.plan(target, { httpPort: 9250 })
  slow.resolve()
  await expect(overtaken).rejects.toMatchObject({ code: 'no_such_plan' })
  await expect(desk.apply('slow')).rejects.toMatchObject({ code: 'no_such_plan' })
  await expect(desk.apply('quick')).resolves.toMatchObject({ stage: 'applying' })
})

test('a plan that nobody waits for any more is not kept', async () => {
  const desk = await deskWithPlan()
  drafting('dropped')
  await expect(desk.plan(target, {}, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  await expect(desk.apply('p')).resolves.toMatchObject({ stage: 'applying' })
})

test('of a first node and of one that joins, too, only the plan that was asked for last can be applied', async () => {
  const desk = new SetupDesk()
  vi.mocked(draftJoin).mockResolvedValueOnce(draftOf('joining', 'j') as Awaited<ReturnType<typeof draftJoin>>)
  await desk.planJoin({ target, token: 't', answers: {} }, new AbortController().signal)
  drafting('p')
  await desk.plan(target, {})
  await expect(desk.apply('j')).rejects.toMatchObject({ code: 'no_such_plan' })
})

test('a plan that does not fit the disk any more is refused before anything begins, and a new one can be applied', async () => {
  const desk = new SetupDesk()
  drafting('p', { verify: () => Promise.reject(problem('changed_meanwhile', { path: '/es/config/elasticsearch.yml' })) })
  await desk.plan(target, {})
  vi.mocked(lockHome).mockClear()
  await expect(desk.apply('p')).rejects.toMatchObject({ code: 'changed_meanwhile' })
  expect(lockHome).not.toHaveBeenCalled()
  drafting('q')
  await desk.plan(target, {})
  await expect(desk.apply('q')).resolves.toMatchObject({ stage: 'applying' })
})

test('a start and a taking up that are asked for twice are begun once', async () => {
  const desk = new SetupDesk()
  const started = await desk.start(target, undefined)
  expect((await desk.start(target, undefined)).setupId).toBe(started.setupId)
  const resumed = await desk.resume({ home: '/other' }, undefined)
  expect((await desk.resume({ home: '/other' }, undefined)).setupId).toBe(resumed.setupId)
  expect([vi.mocked(runConfigured).mock.calls.length, vi.mocked(takeUp).mock.calls.length]).toEqual([1, 1])
})
