import { expect, test } from 'vitest'
import type { Work } from './live-work.ts'
import { WorkDesk } from './work-desk.ts'

const unpack = (archive: string) => ({ what: 'unpack', archive, into: '/opt' }) as const
const one = { what: unpack('/es.tar.gz'), destination: '/opt' }

/** Work that goes on until it is cancelled, and is gone only when the test lets it. */
function endless() {
  let begun = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  const work: Work = async ({ signal }) => {
    begun += 1
    await new Promise((stopped) => signal.addEventListener('abort', stopped))
    await promise
    throw signal.reason
  }
  return { work, letGo: resolve, begun: () => begun }
}

test('the same work asked for twice is begun once', async () => {
  const desk = new WorkDesk()
  const { work, begun, letGo } = endless()
  const [first, second] = await Promise.all([desk.begin({ ...one, work }), desk.begin({ ...one, work })])
  expect(second.workId).toBe(first.workId)
  expect(begun()).toBe(1)
  letGo()
  await desk.close()
})

test('other work at the same destination is refused with words, elsewhere it is begun', async () => {
  const desk = new WorkDesk()
  const { work, letGo } = endless()
  await desk.begin({ ...one, work })
  await expect(desk.begin({ what: unpack('/other.zip'), destination: '/opt', work })).rejects.toMatchObject({ code: 'work_under_way', message: expect.stringContaining('/opt') as string })
  await expect(desk.begin({ what: unpack('/other.zip'), destination: '/srv', work })).resolves.toMatchObject({ stage: 'underway' })
  letGo()
  await desk.close()
})

test('begun again while it is being given up, it waits until nothing of it is left', async () => {
  const desk = new WorkDesk()
  const { work, begun, letGo } = endless()
  const first = await desk.begin({ ...one, work })
  const cancelling = desk.live(first.workId).cancel()
  const again = desk.begin({ ...one, work })
  expect(begun()).toBe(1)
  letGo()
  expect((await cancelling).stage).toBe('cancelled')
  expect((await again).workId).not.toBe(first.workId)
  await desk.close()
})

test('work that has ended does not stand in the way, and can still be asked for', async () => {
  const desk = new WorkDesk()
  const first = await desk.begin({ ...one, work: () => Promise.resolve({ home: '/opt/es' }) })
  await desk.live(first.workId).done
  const second = await desk.begin({ ...one, work: () => Promise.resolve({ home: '/opt/es-2' }) })
  expect(second.workId).not.toBe(first.workId)
  expect(desk.live(first.workId).state).toMatchObject({ stage: 'done', home: '/opt/es' })
})

test('the end of the host gives up what is under way, waits for it, and begins nothing more', async () => {
  const desk = new WorkDesk()
  const { work, letGo } = endless()
  const { workId } = await desk.begin({ ...one, work })
  const closing = desk.close()
  const raced = desk.begin({ ...one, work })
  letGo()
  await closing
  expect(desk.live(workId).state.stage).toBe('cancelled')
  await expect(raced).rejects.toMatchObject({ code: 'cancelled' })
})

test('work that nobody here began is not known, with the way on', () => {
  expect(() => new WorkDesk().live('gone')).toThrow(expect.objectContaining({ code: 'no_such_work' }) as Error)
})
