import { expect, test } from 'vitest'
import type { WorkState } from '../../shared/contract/work.ts'
import { problem } from '../../shared/problems/problem.ts'
import { LiveWork, type Work } from './live-work.ts'

const what = { what: 'unpack', archive: '/es.tar.gz', into: '/opt' } as const
const step = (done: number) => ({ text: 'unpack', done, total: 3, unit: 'steps' as const })
const begun = (work: Work): LiveWork => new LiveWork(what, work, 0)

/** Work that a test ends by hand. */
function held() {
  let told: Parameters<Work>[0] | null = null
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const live = begun(async (given) => {
    told = given
    return { home: await promise }
  })
  return { live, resolve, reject, progress: (done: number) => told?.onProgress(step(done)), signal: () => told?.signal }
}

async function all(stream: AsyncIterable<WorkState>): Promise<WorkState[]> {
  const states: WorkState[] = []
  for await (const state of stream) states.push(state)
  return states
}

test('who watches sees it as it is, then every change, then the home', async () => {
  const { live, resolve, progress } = held()
  const stream = live.watch()
  expect((await stream.next()).value).toMatchObject({ stage: 'underway', progress: null, what })
  progress(1)
  expect((await stream.next()).value).toMatchObject({ stage: 'underway', progress: step(1) })
  resolve('/opt/es')
  expect(await all(stream)).toMatchObject([{ stage: 'done', home: '/opt/es' }])
})

test('who comes after the end still sees how it ended', async () => {
  const { live, resolve } = held()
  resolve('/opt/es')
  await live.done
  expect(await all(live.watch())).toMatchObject([{ stage: 'done', home: '/opt/es', problem: null }])
})

test('a watcher that goes away ends its stream and not the work', async () => {
  const { live, resolve, signal } = held()
  const gone = new AbortController()
  const stream = live.watch(gone.signal)
  await stream.next()
  const next = stream.next()
  gone.abort()
  expect((await next).done).toBe(true)
  expect(signal()?.aborted).toBe(false)
  resolve('/opt/es')
  await live.done
  expect(live.state.stage).toBe('done')
})

test('a slow watcher gets the newest state only', async () => {
  const { live, progress, resolve } = held()
  const stream = live.watch()
  await stream.next()
  for (const done of [1, 2, 3]) progress(done)
  expect((await stream.next()).value).toMatchObject({ progress: step(3) })
  resolve('/opt/es')
  expect(await all(stream)).toHaveLength(1)
})

test('a cancel returns when what was half-made is gone, and says so meanwhile', async () => {
  const { live, reject, signal } = held()
  const cancelling = live.cancel()
  expect(live.state.stage).toBe('cancelling')
  expect(signal()?.aborted).toBe(true)
  let returned = false
  void cancelling.then(() => (returned = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(returned).toBe(false)
  reject(new Error('The operation was aborted'))
  expect(await cancelling).toMatchObject({ stage: 'cancelled', home: null, problem: { code: 'cancelled' } })
})

test('a cancel that comes too late changes nothing: what was made is there', async () => {
  const { live, resolve } = held()
  const cancelling = live.cancel()
  resolve('/opt/es')
  expect(await cancelling).toMatchObject({ stage: 'done', home: '/opt/es' })
  expect(await live.cancel()).toMatchObject({ stage: 'done' })
})

test('a failure is told with its remedy, also to who asks later', async () => {
  const live = begun(() => Promise.reject(problem('archive_torn', { archive: '/es.tar.gz', why: 'it ends early' })))
  await live.done
  expect(await all(live.watch())).toMatchObject([{ stage: 'failed', problem: { code: 'archive_torn' } }])
})
