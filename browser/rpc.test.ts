import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { RouterClient } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { webSocketProtocols } from '../shared/browser-session.ts'
import { pageDouble } from '../test/browser-host/page-double.ts'
import { routerDouble, type Seen } from '../test/browser-host/router-double.ts'
import { type BrowserHost, startBrowserHost } from './host.ts'
import { mostCalls, mostMessageBytes, mostSockets, mostUntaken } from './rpc.ts'

type Client = RouterClient<ReturnType<typeof routerDouble>['router']>

let page: Awaited<ReturnType<typeof pageDouble>>
let host: BrowserHost
let seen: Seen
let key: string
const sockets: WebSocket[] = []

beforeEach(async () => {
  page = await pageDouble()
  const double = routerDouble()
  seen = double.seen
  host = await startBrowserHost({ router: double.router, page: page.folder })
  key = await sessionKey()
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  await host.close()
  await page.remove()
})

async function sessionKey(): Promise<string> {
  const token = host.newAddress().split('#token=')[1]
  const answer = await fetch(`${host.url}session`, {
    method: 'POST',
    headers: { Origin: host.url.slice(0, -1), 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  return ((await answer.json()) as { key: string }).key
}

function open(): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, webSocketProtocols(key), { origin: host.url.slice(0, -1) })
  sockets.push(socket)
  return socket
}

function client(socket = open()): Client {
  return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
}

const closing = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve))
const opening = (socket: WebSocket) => new Promise<void>((resolve, reject) => {
  socket.once('open', resolve)
  socket.once('error', reject)
})

describe('the contract over a WebSocket', () => {
  test('carries calls, many at once', async () => {
    const api = client()
    // One call first: each that waits for the socket to open listens to it.
    await api.echo({ text: 'open' })
    const texts = Array.from({ length: 50 }, (_, n) => `${n} \u{1f511} "'$&`)
    await expect(Promise.all(texts.map((text) => api.echo({ text })))).resolves.toEqual(texts)
  })

  test('carries a problem with its code and remedy', async () => {
    const thrown = await client().refuse().catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(ORPCError)
    expect(thrown).toMatchObject({ code: 'PROBLEM', data: { code: 'busy', remedy: 'Wait.' } })
  })

  test('tells nothing of a fault that nobody foresaw', async () => {
    const thrown = await client().crash().catch((error: unknown) => error)
    expect(JSON.stringify(thrown)).not.toContain('hunter2')
    expect(String(thrown)).not.toContain('hunter2')
  })

  test('carries a stream to its end', async () => {
    const numbers: number[] = []
    for await (const n of await client().count({ to: 200 })) numbers.push(n)
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, n) => n + 1))
  })

  test('a stream that is left early ends at its source', async () => {
    for await (const event of await client().endless({ padding: 0 })) if (event.n >= 5) break
    await expect.poll(() => seen.aborted).toBe(1)
  })

  test('an abort reaches the work', async () => {
    const aborting = new AbortController()
    const api = client()
    const waiting = api.wait(undefined, { signal: aborting.signal }).catch(() => 'ended')
    await api.echo({ text: 'under way' })
    aborting.abort()
    await expect(waiting).resolves.toBe('ended')
    await expect.poll(() => seen.aborted).toBe(1)
  })

  test('a tab that goes away aborts what it watched', async () => {
    const socket = open()
    const stream = await client(socket).endless({ padding: 0 })
    await stream.next()
    socket.terminate()
    await expect.poll(() => seen.aborted).toBe(1)
  })

  test('a tab that does not read slows its stream instead of filling the memory', async () => {
    const socket = open()
    const stream = await client(socket).endless({ padding: 64 * 1024 })
    await stream.next()
    socket.pause()
    let before = -1
    // What fits into the buffers between the two is sent; then the source stands still.
    await expect.poll(() => {
      const still = seen.made === before
      before = seen.made
      return still
    }, { interval: 100, timeout: 10_000 }).toBe(true)
    expect(seen.made).toBeLessThan(1000)
    socket.resume()
    await expect.poll(() => seen.made, { timeout: 10_000 }).toBeGreaterThan(before)
  })
})

describe('sessions', () => {
  test('several tabs and a reloaded one share a key', async () => {
    const [first, second] = [open(), open()]
    await expect(Promise.all([client(first).echo({ text: 'a' }), client(second).echo({ text: 'b' })])).resolves.toEqual(['a', 'b'])
    first.terminate()
    await expect(client().echo({ text: 'again' })).resolves.toBe('again')
    await expect(client(second).echo({ text: 'still' })).resolves.toBe('still')
  })

  test('the host answers with its own subprotocol and never sends the key back', async () => {
    const socket = open()
    let headers = ''
    socket.once('upgrade', (response) => {
      headers = response.rawHeaders.join('\n')
    })
    await opening(socket)
    expect(headers).toContain('Sec-WebSocket-Protocol')
    expect(socket.protocol).toBe('firstnode')
    expect(headers).not.toContain(key)
  })

  test('more tabs than a person opens are turned away, and there is room again when one closes', async () => {
    const many = Array.from({ length: mostSockets }, open)
    await Promise.all(many.map(opening))
    await expect(opening(open())).rejects.toThrow('503')
    const gone = many[0]
    gone?.terminate()
    await expect.poll(() => opening(open()).then(() => true, () => false)).toBe(true)
  })
})

/** Thousands of calls take a busy machine a while. */
const patient = { timeout: 120_000 }

describe('a tab that asks for more than a person does', () => {
  test('has so many calls at once, is told so of each one more, and is answered again when one has ended', async () => {
    const socket = open()
    await opening(socket)
    const answers: string[] = []
    socket.on('message', (data: Buffer) => answers.push(data.toString('utf8')))
    const calls = 5000
    for (let n = 0; n < calls; n += 1) socket.send(JSON.stringify({ i: `w${n}`, p: { u: '/wait', b: {} } }))
    await expect.poll(() => answers.length, patient).toBe(calls - mostCalls)
    expect(answers.filter((answer) => !answer.includes('"code":"too_many_calls"'))).toEqual([])
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({ i: `w${mostCalls}` })
    await expect(client().echo({ text: 'another tab' })).resolves.toBe('another tab')
    const api = client(socket)
    await expect(api.echo({ text: 'refused' })).rejects.toMatchObject({ code: 'PROBLEM', data: { code: 'too_many_calls' } })
    socket.send(JSON.stringify({ i: 'w7', t: 4 }))
    await expect.poll(() => api.echo({ text: 'again' }).catch(() => 'refused'), patient).toBe('again')
  }, patient.timeout)

  test('is not read any further while it takes no answers', async () => {
    const socket = open()
    await opening(socket)
    let got = 0
    socket.on('message', () => (got += 1))
    socket.pause()
    const asks = 160
    const text = 'x'.repeat(mostMessageBytes - 200)
    for (let n = 0; n < asks; n += 1) socket.send(JSON.stringify({ i: `${n}`, p: { u: '/echo', b: { json: { text } } } }))
    let before = -1
    let stood = 0
    // The buffers between the two fill up; then the host stands still, which a busy machine seems to do for a moment as well.
    await expect.poll(() => {
      stood = socket.bufferedAmount === before ? stood + 1 : 0
      before = socket.bufferedAmount
      return stood
    }, { interval: 100, ...patient }).toBeGreaterThan(20)
    expect(socket.bufferedAmount).toBeGreaterThan(mostUntaken)
    socket.resume()
    await expect.poll(() => got, patient).toBe(asks)
  }, patient.timeout)
})

describe('what is no message of the contract', () => {
  test.each([
    ['no JSON', '{', 1007],
    ['JSON of another shape', '[1]', 1007],
    ['a call of nothing', '{"i":"1"}', 1007],
    ['a call of what is no path', '{"i":"1","p":{"u":"http://x/"}}', 1007],
    ['a part of an input that is a stream', '{"i":"1","t":3,"p":{"d":1}}', 1007],
    ['bytes', Buffer.from([1, 2, 3]), 1007],
    ['larger than any input', JSON.stringify({ i: '1', p: 'x'.repeat(mostMessageBytes) }), 1009],
  ])('%s ends the socket, quietly, and nobody else is disturbed', async (_, message, code) => {
    const logged = vi.spyOn(console, 'error')
    const [socket, other] = [open(), open()]
    await opening(socket)
    const closed = closing(socket)
    socket.send(message)
    await expect(closed).resolves.toBe(code)
    await expect(client(other).echo({ text: 'here' })).resolves.toBe('here')
    expect(logged).not.toHaveBeenCalled()
    logged.mockRestore()
  })

  test('a procedure that does not exist is told as that', async () => {
    const api = client() as unknown as { nothing: { here(): Promise<unknown> } }
    await expect(api.nothing.here()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

test('a host that ends says so to its tabs and aborts their work', async () => {
  const socket = open()
  const api = client(socket)
  const waiting = api.wait().catch(() => 'ended')
  await api.echo({ text: 'under way' })
  const closed = closing(socket)
  await host.close()
  await expect(closed).resolves.toBe(1001)
  await expect(waiting).resolves.toBe('ended')
  await expect.poll(() => seen.aborted).toBe(1)
})
