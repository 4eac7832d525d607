import { expect, test } from 'vitest'
import { homeInTheMaking, type MakingEvent } from './home-in-the-making.ts'

const step = (done: number) => ({ text: 'unpack', done, total: 3, unit: 'steps' as const })

test('progress arrives, then the home', async () => {
  const events: MakingEvent[] = []
  for await (const event of homeInTheMaking(undefined, async ({ onProgress }) => {
    onProgress(step(1))
    await Promise.resolve()
    return '/es'
  }))
    events.push(event)
  expect(events.at(0)).toEqual({ type: 'progress', progress: step(1) })
  expect(events.at(-1)).toEqual({ type: 'done', home: '/es' })
})

test('ending the stream early cancels the work and waits until it has stopped', async () => {
  let stopped = false
  for await (const event of homeInTheMaking(undefined, ({ signal, onProgress }) => {
    onProgress(step(1))
    return new Promise<string>((_, reject) =>
      signal.addEventListener('abort', () => {
        stopped = true
        reject(new Error('cancelled'))
      }),
    )
  })) {
    expect(event.type).toBe('progress')
    break
  }
  expect(stopped).toBe(true)
})

test('a failure of the work ends the stream with it', async () => {
  const stream = homeInTheMaking(undefined, () => Promise.reject(new Error('torn')))
  await expect(stream.next()).rejects.toThrow('torn')
})
