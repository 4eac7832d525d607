import { expect, test } from 'vitest'
import { openSession, tokenIn, type SessionPlace } from './session.ts'

interface Double extends SessionPlace {
  readonly asked: string[]
  readonly storage: Map<string, string>
  cleared: boolean
}

function place(fragment: string, answers: Record<string, { status: number; body?: unknown } | 'nobody'>, kept: Record<string, string> = {}): Double {
  const storage = new Map(Object.entries(kept))
  const asked: string[] = []
  return {
    fragment,
    storage,
    asked,
    cleared: false,
    kept: {
      getItem: (name) => storage.get(name) ?? null,
      setItem: (name, value) => void storage.set(name, value),
      removeItem: (name) => void storage.delete(name),
    },
    clearFragment() {
      this.cleared = true
    },
    fetch: async (path) => {
      asked.push(path)
      const answer = answers[path]
      if (answer === undefined || answer === 'nobody') throw new TypeError('fetch failed')
      return { status: answer.status, json: async () => answer.body }
    },
  }
}

test('a token is exchanged once, leaves the address, and only the key is kept', async () => {
  const page = place('#token=abc', { '/session': { status: 200, body: { key: 'KEY' } } })
  expect(await openSession(page)).toEqual({ state: 'open', key: 'KEY' })
  expect(page.cleared).toBe(true)
  expect([...page.storage.values()]).toEqual(['KEY'])
})

test('a reloaded page goes on with the key of its tab', async () => {
  const page = place('', { '/session/check': { status: 204 } }, { 'firstnode.session': 'KEY' })
  expect(await openSession(page)).toEqual({ state: 'open', key: 'KEY' })
  expect(page.asked).toEqual(['/session/check'])
})

test('a used address in a tab that has a session goes on with that session', async () => {
  const page = place('#token=used', { '/session': { status: 401 }, '/session/check': { status: 204 } }, { 'firstnode.session': 'KEY' })
  expect(await openSession(page)).toEqual({ state: 'open', key: 'KEY' })
})

test('a used address without a session is told apart from a host that has gone', async () => {
  expect(await openSession(place('#token=used', { '/session': { status: 401 } }))).toEqual({ state: 'spent' })
  expect(await openSession(place('#token=used', { '/session': 'nobody' }))).toEqual({ state: 'gone' })
})

test('an address without a token has none', () => {
  expect(tokenIn('')).toBeNull()
  expect(tokenIn('#token=')).toBeNull()
  expect(tokenIn('#token=a-b_c')).toBe('a-b_c')
})
