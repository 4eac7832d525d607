import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pageDouble } from '../test/browser-host/page-double.ts'
import { rawRequest } from '../test/browser-host/raw-request.ts'
import { routerDouble } from '../test/browser-host/router-double.ts'
import { keyOfProtocols, webSocketProtocols } from '../shared/browser-session.ts'
import { type BrowserHost, startBrowserHost } from './host.ts'

let page: Awaited<ReturnType<typeof pageDouble>>
let host: BrowserHost
let clock: number
const opened: BrowserHost[] = []

beforeEach(async () => {
  page = await pageDouble()
  clock = 1_000_000
  host = await start()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
  await page.remove()
})

async function start(more: { port?: number; tunnel?: boolean } = {}): Promise<BrowserHost> {
  const { router } = routerDouble()
  const started = await startBrowserHost({ router, page: page.folder, now: () => clock, ...more })
  opened.push(started)
  return started
}

const named = () => `127.0.0.1:${host.port}`
const tokenOf = (address: string) => /#token=(.+)$/.exec(address)?.[1] ?? ''
const get = (path: string, ...headers: string[]) => rawRequest(host.port, [`GET ${path} HTTP/1.1`, `Host: ${named()}`, ...headers])
const post = (path: string, body: string, ...headers: string[]) => rawRequest(host.port, [`POST ${path} HTTP/1.1`, `Host: ${named()}`, ...headers], body)
const ownOrigin = () => `Origin: http://${named()}`
const json = 'Content-Type: application/json'
const exchange = (token: string) => post('/session', JSON.stringify({ token }), ownOrigin(), json)
async function sessionKey(): Promise<string> {
  const answer = await exchange(tokenOf(host.newAddress()))
  return (JSON.parse(answer.body) as { key: string }).key
}
const upgrade = (protocols: readonly string[], ...headers: string[]) =>
  rawRequest(host.port, [
    'GET /rpc HTTP/1.1',
    ...(headers.some((line) => line.startsWith('Host:')) ? [] : [`Host: ${named()}`]),
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(protocols.length === 0 ? [] : [`Sec-WebSocket-Protocol: ${protocols.join(', ')}`]),
    ...headers,
  ])

describe('where it listens', () => {
  test('on a port of its own choice, on the loopback address and on no other of this machine', async () => {
    expect(host.port).toBeGreaterThan(1023)
    expect((await start()).port).not.toBe(host.port)
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []).filter((one) => one.family === 'IPv4' && !one.internal)
    for (const address of [...others.map((one) => one.address), '::1']) await expect(reaches(address, host.port)).resolves.toBe(false)
  })

  test('a port that is taken, or that the page is not built for, is told with what to do', async () => {
    await expect(start({ port: host.port })).rejects.toMatchObject({ code: 'host_port_taken', exit: 3 })
    await page.remove()
    await expect(start()).rejects.toMatchObject({ code: 'page_not_built' })
  })

  test('a closed host answers nobody', async () => {
    await host.close()
    await expect(reaches('127.0.0.1', host.port)).resolves.toBe(false)
  })
})

describe('the name it is asked by', () => {
  test.each([
    ['another name that leads here', () => [`Host: evil.example:${host.port}`]],
    ['localhost, when no tunnel was asked for', () => [`Host: localhost:${host.port}`]],
    ['the right name without the port', () => ['Host: 127.0.0.1']],
    ['the right name with another port', () => ['Host: 127.0.0.1:1']],
    ['a name with the right one at its start', () => [`Host: 127.0.0.1:${host.port}.evil.example`]],
    ['other spellings of the address', () => [`Host: 127.1:${host.port}`]],
    ['two names', () => [`Host: ${named()}`, 'Host: evil.example']],
  ])('%s is misdirected: 421', async (_, headers) => {
    const answer = await rawRequest(host.port, ['GET / HTTP/1.1', ...headers()])
    expect(answer.status).toBe(421)
    expect(answer.body).not.toContain('html')
  })

  test('a missing name and a target that is no path are bad requests', async () => {
    expect((await rawRequest(host.port, ['GET / HTTP/1.1'])).status).toBe(400)
    expect((await get('http://evil.example/')).status).toBe(400)
  })

  test('with a port chosen for a tunnel it answers to 127.0.0.1 and localhost, each with its own origin', async () => {
    host = await start({ tunnel: true })
    for (const name of ['127.0.0.1', 'localhost']) {
      const lines = (origin: string) => ['POST /session HTTP/1.1', `Host: ${name}:${host.port}`, `Origin: http://${origin}:${host.port}`, json]
      const body = () => JSON.stringify({ token: tokenOf(host.newAddress()) })
      expect((await rawRequest(host.port, lines(name), body())).status).toBe(200)
      const other = name === 'localhost' ? '127.0.0.1' : 'localhost'
      expect((await rawRequest(host.port, lines(other), body())).status).toBe(403)
    }
    expect((await rawRequest(host.port, ['GET / HTTP/1.1', `Host: evil.example:${host.port}`])).status).toBe(421)
  })

  test('an upgrade under a foreign name is misdirected as well, even with a key', async () => {
    const answer = await upgrade(webSocketProtocols(await sessionKey()), `Host: evil.example:${host.port}`, `Origin: http://evil.example:${host.port}`)
    expect(answer.status).toBe(421)
  })
})

describe('the origin of what changes anything', () => {
  test.each([
    ['none', () => []],
    ['of another site', () => ['Origin: https://evil.example']],
    ['of another port', () => ['Origin: http://127.0.0.1:1']],
    ['null', () => ['Origin: null']],
    ['https', () => [`Origin: https://${named()}`]],
    ['with a path', () => [`Origin: http://${named()}/`]],
    ['right, but the browser says cross-site', () => [ownOrigin(), 'Sec-Fetch-Site: cross-site']],
    ['right, but the browser says same-site', () => [ownOrigin(), 'Sec-Fetch-Site: same-site']],
  ])('%s: refused for a POST and for an upgrade', async (_, headers) => {
    const token = tokenOf(host.newAddress())
    const key = await sessionKey()
    expect((await post('/session', JSON.stringify({ token }), json, ...headers())).status).toBe(403)
    expect((await post('/session/check', '', `Authorization: Bearer ${key}`, ...headers())).status).toBe(403)
    expect((await upgrade(webSocketProtocols(key), ...headers())).status).toBe(403)
    expect((await exchange(token)).status).toBe(200)
  })

  test('its own page passes', async () => {
    const answer = await post('/session', JSON.stringify({ token: tokenOf(host.newAddress()) }), ownOrigin(), json, 'Sec-Fetch-Site: same-origin')
    expect(answer.status).toBe(200)
  })

  test('there is no CORS: no preflight is answered, no origin is ever allowed', async () => {
    const preflight = await rawRequest(host.port, ['OPTIONS /session HTTP/1.1', `Host: ${named()}`, 'Origin: https://evil.example', 'Access-Control-Request-Method: POST'])
    expect(preflight.status).toBe(405)
    for (const answer of [preflight, await get('/', 'Origin: https://evil.example'), await exchange(tokenOf(host.newAddress()))]) {
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
})

describe('the files of the page', () => {
  test('load from the page itself or by hand, not into another site', async () => {
    expect((await get('/assets/main-1.js', 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Dest: script')).status).toBe(200)
    expect((await get('/assets/main-1.js', 'Sec-Fetch-Site: none')).status).toBe(200)
    for (const site of ['cross-site', 'same-site']) expect((await get('/assets/main-1.js', `Sec-Fetch-Site: ${site}`)).status).toBe(403)
  })

  test('the page opens from anywhere as a document of its own, never inside another', async () => {
    expect((await get('/', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document')).status).toBe(200)
    for (const destination of ['iframe', 'frame', 'embed', 'object', 'empty']) {
      expect((await get('/', 'Sec-Fetch-Site: cross-site', `Sec-Fetch-Dest: ${destination}`)).status).toBe(403)
    }
  })

  test('no path leads out of the page', async () => {
    const outside = ['/../package.json', '/assets/../../x', '/%2e%2e/etc/passwd', '/assets/..%2f..%2fetc/passwd', '//etc/passwd', '/..\\x']
    for (const path of [...outside, '/index.html', '/assets', '/assets/main-1.js.gz', '/__proto__']) {
      await expect(get(path).then(({ status }) => `${path} ${status}`)).resolves.toBe(`${path} 404`)
    }
  })

  test('carry their types, and travel gzipped to whoever takes that', async () => {
    const plain = await get('/assets/main-1.js')
    expect(plain.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', vary: 'Accept-Encoding' })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect((await get('/assets/mark.svg')).headers['content-type']).toBe('image/svg+xml')
    const zipped = await fetch(`${host.url}assets/main-1.js`, { headers: { 'Accept-Encoding': 'gzip' } })
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect(await zipped.text()).toBe(plain.body)
  })

  test('HEAD answers without a body', async () => {
    const answer = await rawRequest(host.port, ['HEAD / HTTP/1.1', `Host: ${named()}`])
    expect(answer).toMatchObject({ status: 200, body: '' })
  })
})

describe('the headers of every answer', () => {
  test('nothing is stored, sniffed, framed, shared or told, refusals and upgrades included, and no cookie is set', async () => {
    const answers = [
      await get('/'),
      await get('/assets/main-1.js'),
      await get('/nowhere'),
      await exchange(tokenOf(host.newAddress())),
      await exchange('wrong'),
      await rawRequest(host.port, ['GET / HTTP/1.1', 'Host: evil.example']),
      await upgrade([], ownOrigin()),
    ]
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['set-cookie']).toBeUndefined()
    }
  })

  test('the policy of the page is strict, with a nonce that is new for every page and stands in it', async () => {
    const pages = await Promise.all([get('/'), get('/')])
    const nonces = pages.map((answer) => /'nonce-([^']+)'/.exec(answer.headers['content-security-policy'] ?? '')?.[1] ?? '')
    expect(nonces[0]).not.toBe(nonces[1])
    for (const [index, answer] of pages.entries()) {
      expect(Buffer.from(nonces[index] ?? '', 'base64').length).toBeGreaterThanOrEqual(16)
      expect(answer.body).toContain(`<meta property="csp-nonce" nonce="${nonces[index]}">`)
      expect(answer.body).not.toContain('FIRSTNODE-PAGE-NONCE')
      const policy = answer.headers['content-security-policy'] ?? ''
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
      expect(policy.split('; ')).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self' 'nonce-${nonces[index]}'`,
        "img-src 'self' data:",
        "font-src 'self'",
        `connect-src 'self' ws://${named()}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ])
    }
  })
})

describe('the one-time token', () => {
  test('stands in the fragment of the address, which no server and no log ever sees', () => {
    expect(host.newAddress()).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${host.port}/#token=[A-Za-z0-9_-]{43}$`))
    expect(host.newAddress()).not.toBe(host.newAddress())
  })

  test('is exchanged for a session key once', async () => {
    const token = tokenOf(host.newAddress())
    const first = await exchange(token)
    expect(first.status).toBe(200)
    expect(JSON.parse(first.body)).toEqual({ key: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string })
    expect(first.body).not.toContain(token)
    expect((await exchange(token)).status).toBe(401)
  })

  test('of two that come with it at once, one gets in', async () => {
    const token = tokenOf(host.newAddress())
    const answers = await Promise.all([exchange(token), exchange(token), exchange(token)])
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 401, 401])
  })

  test('lives ten minutes, or as long as was said', async () => {
    const [late, early, short] = [host.newAddress(), host.newAddress(), host.newAddress(60_000)].map(tokenOf)
    clock += 60_000
    expect((await exchange(short ?? '')).status).toBe(401)
    clock += 9 * 60_000 - 1
    expect((await exchange(early ?? '')).status).toBe(200)
    clock += 1
    expect((await exchange(late ?? '')).status).toBe(401)
  })

  test('a session outlives the token it came from', async () => {
    const key = await sessionKey()
    clock += 24 * 3_600_000
    expect((await post('/session/check', '', ownOrigin(), `Authorization: Bearer ${key}`)).status).toBe(204)
  })

  test.each([
    ['no JSON', 'token=x', json, 400],
    ['JSON of another shape', '{"token":1}', json, 400],
    ['another type', '{"token":"x"}', 'Content-Type: text/plain', 415],
    ['far too long', JSON.stringify({ token: 'x'.repeat(2000) }), json, 413],
  ])('a body that is %s is refused', async (_, body, type, status) => {
    expect((await post('/session', body, ownOrigin(), type)).status).toBe(status)
  })
})

describe('the session key', () => {
  test('is checked for a page that wonders why its socket was refused', async () => {
    const key = await sessionKey()
    const check = (authorization: string) => post('/session/check', '', ownOrigin(), authorization)
    expect((await check(`Authorization: Bearer ${key}`)).status).toBe(204)
    for (const wrong of [`Bearer ${key.slice(1)}`, 'Bearer x', `Basic ${key}`, `Bearer ${key} x`, '']) {
      expect((await check(`Authorization: ${wrong}`)).status).toBe(401)
    }
  })

  test('a token is no key and a key is no token', async () => {
    const token = tokenOf(host.newAddress())
    const key = await sessionKey()
    expect((await post('/session/check', '', ownOrigin(), `Authorization: Bearer ${token}`)).status).toBe(401)
    expect((await exchange(key)).status).toBe(401)
  })

  test('no WebSocket opens without it', async () => {
    const key = await sessionKey()
    const faulty = [[], ['firstnode'], ['firstnode', 'firstnode.key.'], webSocketProtocols('x'), [`firstnode.key.${key}`], [...webSocketProtocols(key), 'firstnode.key.x']]
    for (const protocols of faulty) await expect(upgrade(protocols, ownOrigin())).resolves.toMatchObject({ status: 401 })
    expect(keyOfProtocols(webSocketProtocols(key).join(', '))).toBe(key)
  })

  test('an upgrade elsewhere, or to something else than a WebSocket, leads nowhere', async () => {
    const key = await sessionKey()
    const lines = (path: string, to: string) => [`GET ${path} HTTP/1.1`, `Host: ${named()}`, ownOrigin(), 'Connection: Upgrade', `Upgrade: ${to}`, `Sec-WebSocket-Protocol: ${webSocketProtocols(key).join(', ')}`]
    expect((await rawRequest(host.port, lines('/', 'websocket'))).status).toBe(404)
    // The library behind would refuse it as well, without our headers.
    expect(await rawRequest(host.port, lines('/rpc', 'h2c'))).toMatchObject({ status: 400, body: 'Only WebSockets are opened here.', headers: { 'cache-control': 'no-store' } })
  })
})

test('what is neither read nor opened nor posted is refused', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE']) {
    expect((await rawRequest(host.port, [`${method} / HTTP/1.1`, `Host: ${named()}`])).status).toBe(405)
  }
  expect((await post('/', '', ownOrigin())).status).toBe(404)
})

function reaches(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
