import { ORPCError } from '@orpc/client'
import { expect, test } from 'vitest'
import { connectionDouble } from '../../test/page/connection-double.ts'
import { followStream } from './follow-stream.ts'
import { untilHeard } from './until-heard.ts'

const broken = (): Error => new Error('[AsyncIdQueue] Queue[0] was closed or aborted while waiting for pulling.')

async function* tellingAndBreaking(events: readonly string[]): AsyncGenerator<string, void> {
  yield* events
  throw broken()
}

async function* telling(events: readonly string[]): AsyncGenerator<string, void> {
  yield* events
}

test('a stream that broke is read anew from its beginning once there is a connection again, and not before', async () => {
  const { connection, stand } = connectionDouble()
  const streams = [() => tellingAndBreaking(['one', 'two']), () => telling(['one', 'two', 'three'])]
  const told: string[] = []
  let opened = 0
  const ended = followStream(
    connection,
    new AbortController().signal,
    () => {
      opened += 1
      return Promise.resolve(streams.shift()!())
    },
    { onBegin: () => told.splice(0), onEvent: (event) => told.push(event), onProblem: () => undefined },
  )
  stand('lost')
  await expect.poll(() => told).toEqual(['one', 'two'])
  stand('gone')
  expect(opened).toBe(1)
  stand('open')
  await ended
  expect(told).toEqual(['one', 'two', 'three'])
})

test('what the engine refuses is told, and not asked again', async () => {
  const { connection } = connectionDouble()
  const data = { code: 'no_such_work', message: 'Not known.', remedy: 'Begin again.', detail: null }
  const problems: unknown[] = []
  await followStream(connection, new AbortController().signal, () => Promise.reject(new ORPCError('PROBLEM', { data })), {
    onEvent: () => undefined,
    onProblem: (problem) => problems.push(problem),
  })
  expect(problems).toEqual([data])
})

test('a reader that leaves while there is no connection waits no longer', async () => {
  const { connection, stand } = connectionDouble()
  stand('lost')
  const leaving = new AbortController()
  const ended = followStream(connection, leaving.signal, () => Promise.reject(broken()), { onEvent: () => undefined, onProblem: () => undefined })
  leaving.abort()
  await expect(ended).resolves.toBeUndefined()
})

test('what must be heard is said again until it is, and a refusal ends it', async () => {
  const { connection, stand } = connectionDouble()
  stand('lost')
  let said = 0
  const heard = untilHeard(connection, () => {
    said += 1
    return said === 1 ? Promise.reject(broken()) : Promise.resolve('heard')
  })
  stand('open')
  expect(await heard).toBe('heard')
  await expect(untilHeard(connection, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
})
