import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { RouterClient } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { webSocketProtocols } from '../shared/browser-session.ts'
import { pageDouble } from '../test/browser-host/page-double.ts'
import { rawRequest } from '../test/browser-host/raw-request.ts'
import { routerDouble } from '../test/browser-host/router-double.ts'
import { type BrowserHost, startBrowserHost } from './host.ts'
import { type UnprovedLimits, usualLimits } from './unproved.ts'

type Client = RouterClient<ReturnType<typeof routerDouble>['router']>

const attackers: Socket[] = []
const tabs: WebSocket[] = []
let page: Awaited<ReturnType<typeof pageDouble>>
let host: BrowserHost | null = null
let child: ChildProcess | null = null

beforeEach(async () => {
  page = await pageDouble()
})
afterEach(async () => {
  for (const socket of attackers.splice(0)) socket.destroy()
  for (const tab of tabs.splice(0)) tab.terminate()
  await host?.close()
  host = null
  if (child !== null) {
    child.stdin?.end()
    if (child.exitCode === null) await once(child, 'exit')
    child = null
  }
  await page.remove()
})

async function start(limits: Partial<UnprovedLimits>): Promise<string> {
  host = await startBrowserHost({ router: routerDouble().router, page: page.folder, limits })
  return host.newAddress()
}

/** A host that may open this many files and connections. */
async function startWithFiles(most: number): Promise<string> {
  const script = fileURLToPath(new URL('../test/browser-host/host-process.ts', import.meta.url))
  child = spawn('sh', ['-c', `ulimit -n ${most} && exec "$@"`, 'sh', process.execPath, script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout ?? process.stdin, 'data')) as [Buffer]
  return line.toString().trim()
}

/** The person's page: the document, its session and its WebSocket. */
async function openTab(address: string): Promise<Client> {
  const { origin, hash } = new URL(address)
  expect((await fetch(`${origin}/`)).status).toBe(200)
  const headers = { Origin: origin, 'Content-Type': 'application/json' }
  const answer = await fetch(`${origin}/session`, { method: 'POST', headers, body: JSON.stringify({ token: hash.replace('#token=', '') }) })
  const { key } = (await answer.json()) as { key: string }
  const tab = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, webSocketProtocols(key), { origin })
  tabs.push(tab)
  return createORPCClient(new RPCLink({ websocket: tab as unknown as globalThis.WebSocket }))
}

/** A peer that sends this and then keeps its half of the connection open, whatever the host does. `answered`: what came; `closed`: the host let go. */
function attack(address: string, bytes: string): { answered: () => string; closed: () => boolean; said: Promise<void> } {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(address).port), allowHalfOpen: true })
  attackers.push(socket)
  let text = ''
  let ended = false
  let reset = false
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
  socket.on('end', () => (ended = true))
  const said = new Promise<void>((resolve) => {
    socket.once('connect', () => socket.write(bytes, () => resolve()))
    // That the host resets the connection is what is looked for.
    socket.on('error', () => resolve())
    socket.on('close', () => {
      reset = true
      resolve()
    })
  })
  const closed = (): boolean => {
    // A host that only ended its half takes this; one that has let go of the connection resets it.
    if (ended && !reset) socket.write('x')
    return reset
  }
  return { answered: () => text, closed, said }
}

const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
/** What a peer without a key can send and then wait, by its kind; `host` is the name that the host answers to. */
const kinds: readonly (readonly [string, (named: string) => string])[] = [
  ['nothing at all', () => ''],
  ['half a line', () => 'GE'],
  ['a header that does not end', (named) => `GET / HTTP/1.1\r\nHost: ${named}\r\nX-A: `],
  ['an upgrade without a host', () => `GET /rpc HTTP/1.1\r\n${upgrade}\r\n`],
  ['an upgrade without an origin', (named) => `GET /rpc HTTP/1.1\r\nHost: ${named}\r\n${upgrade}\r\n`],
  ['an upgrade without a key', (named) => `GET /rpc HTTP/1.1\r\nHost: ${named}\r\nOrigin: http://${named}\r\n${upgrade}\r\n`],
  ['an upgrade to another protocol', (named) => `GET /rpc HTTP/1.1\r\nHost: ${named}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`],
  ['a body that does not come', (named) => `POST /session HTTP/1.1\r\nHost: ${named}\r\nOrigin: http://${named}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`],
  ['a request that is answered, and no more', (named) => `GET / HTTP/1.1\r\nHost: ${named}\r\n\r\n`],
  ['requests one behind the other', (named) => `GET / HTTP/1.1\r\nHost: ${named}\r\n\r\n`.repeat(20)],
  ['a tunnel', (named) => `CONNECT ${named} HTTP/1.1\r\nHost: ${named}\r\n\r\n`],
  ['no HTTP', () => '\x16\x03\x01\x02\x00\x01\x00\x01'],
]

test.skipIf(process.platform === 'win32')("6,000 connections that show no key leave the person's page answered, though the host may open few files", async () => {
  const address = await startWithFiles(200)
  const api = await openTab(address)
  await expect(api.echo({ text: 'before' })).resolves.toBe('before')
  const named = new URL(address).host
  for (let round = 0; round < 140; round += 1) {
    const wave = Array.from({ length: 48 }, (_, n) => attack(address, kinds[n % kinds.length]?.[1](named) ?? ''))
    // On a connection of its own: a browser repeats a request on one that it kept and that was closed meanwhile.
    const document = rawRequest(Number(new URL(address).port), ['GET / HTTP/1.1', `Host: ${named}`])
    await Promise.all(wave.map(({ said }) => said))
    await expect(api.echo({ text: `${round}` })).resolves.toBe(`${round}`)
    await expect(document).resolves.toMatchObject({ status: 200 })
  }
  expect(attackers.length).toBeGreaterThan(6000)
  expect(child?.exitCode).toBeNull()
}, 120_000)

describe('a peer that shows no key and waits', () => {
  test.each(kinds)('with %s is let go of', async (_, bytes) => {
    const address = await start({ headersMs: 100, requestMs: 100, idleMs: 100, silentMs: 300 })
    const peer = attack(address, bytes(new URL(address).host))
    await expect.poll(peer.closed).toBe(true)
  })

  test('with a body that never ends is let go of, though it is never silent', async () => {
    const address = await start({ headersMs: 100, requestMs: 100 })
    const { host: named } = new URL(address)
    const peer = attack(address, `POST /session HTTP/1.1\r\nHost: ${named}\r\nOrigin: http://${named}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`)
    await expect.poll(peer.closed, { timeout: 20_000 }).toBe(true)
  }, 30_000)

  test('with a refused upgrade is told why, and let go of without waiting for it', async () => {
    const address = await start({})
    const { host: named } = new URL(address)
    const peer = attack(address, `GET /rpc HTTP/1.1\r\nHost: ${named}\r\nOrigin: http://${named}\r\n${upgrade}\r\n`)
    await expect.poll(peer.closed).toBe(true)
    expect(peer.answered()).toMatch(/^HTTP\/1\.1 401 /)
  })

  test('is closed by the ones that come after it, where there are as many as may be held', async () => {
    const address = await start({ connections: 3 })
    const peers = [0, 1, 2].map(() => attack(address, 'GE'))
    await Promise.all(peers.map(({ said }) => said))
    expect((await fetch(new URL('/', address))).status).toBe(200)
    await expect.poll(() => peers.some(({ closed }) => closed())).toBe(true)
  })

  test('closes no tab, however many there are', async () => {
    const address = await start({ connections: 2 })
    const api = await openTab(address)
    await api.echo({ text: 'open' })
    for (let n = 0; n < 20; n += 1) await attack(address, 'GE').said
    await expect(api.echo({ text: 'still' })).resolves.toBe('still')
  })
})

test('few open files leave most of them to the work', () => {
  expect([128, 1024, 20_000, null].map((openFiles) => usualLimits(openFiles).connections)).toEqual([32, 256, 256, 256])
})
