import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Desktop, expect, headingOf, test } from './desktop.ts'

let server: Server
let asked: string[]
const remote = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

test.beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Content-Type', 'text/html').end('<!doctype html><h1>Elsewhere</h1>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
test.beforeEach(() => {
  asked = []
})
test.afterAll(async () => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Chromium may keep a connection over which it never asked anything.
  server.closeAllConnections()
  await closed
})

/** Whatever was to be opened outside, instead of opening it. */
async function opened({ app }: Desktop): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    Object.assign(shell, {
      openExternal: (url: string) => {
        opened.push(url)
        return Promise.resolve()
      },
    })
  })
  return () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
}

/** The page as the main process knows it. */
const address = ({ app }: Desktop) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()))

/** What was refused is complained of, rightly. */
function forgive(desktop: Desktop): void {
  desktop.complaints.splice(0)
}

/** The answer to `host.info` over the port that comes when the page asks for one; `nobody` where the main process says that it refused. */
async function askOverPort(desktop: Desktop, page: Page): Promise<unknown> {
  await page.evaluate(() => {
    window.addEventListener('message', ({ data, ports: [port] }) => {
      if ((data as { firstnode?: unknown }).firstnode !== 'port' || port === undefined) return
      port.addEventListener('message', (event) => Object.assign(globalThis, { answered: event.data }))
      port.start()
      port.postMessage(JSON.stringify({ i: '1', p: { u: '/host/info', b: {} } }))
    })
    window.postMessage({ firstnode: 'ask-port' }, '*')
  })
  await expect.poll(async () => (await desktop.log()).includes('Refused a connection') || (await page.evaluate(() => 'answered' in globalThis))).toBe(true)
  return page.evaluate(() => (globalThis as { answered?: unknown }).answered ?? 'nobody')
}

test('what is in force in the window: sandbox, a world apart, no Node, the security of the web, no view inside', async ({ desktop }) => {
  const { app } = desktop
  const inForce = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> } | undefined
    const preferences = contents?.getLastWebPreferences() ?? {}
    return Object.fromEntries(['sandbox', 'contextIsolation', 'nodeIntegration', 'webSecurity', 'webviewTag'].map((name) => [name, preferences[name] ?? false]))
  })
  expect(inForce).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false })
})

if (process.platform === 'linux') {
  test('the kernel holds the page back: no new privileges, and a filter on what it may call', async ({ desktop }) => {
    const pid = await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId())
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    expect(status).toMatch(/^NoNewPrivs:\t1$/m)
    expect(status).toMatch(/^Seccomp:\t2$/m)
  })
}

test('a window that asks for less is in a sandbox all the same', async ({ desktop }) => {
  const preload = join(desktop.folder, 'preload.cjs')
  await writeFile(preload, "require('electron').contextBridge.exposeInMainWorld('sandboxed', process.sandboxed === true)")
  // The preference says what was asked for; the renderer knows what it has.
  const sandboxed = await desktop.app.evaluate(async ({ BrowserWindow }, preload) => {
    const other = new BrowserWindow({ show: false, webPreferences: { sandbox: false, preload } })
    await other.loadURL('about:blank')
    const sandboxed: unknown = await other.webContents.executeJavaScript('sandboxed')
    other.destroy()
    return sandboxed
  }, preload)
  expect(sandboxed).toBe(true)
})

test('the page has neither Node nor the preload, and of Electron one function', async ({ desktop }) => {
  const { page } = desktop
  const found = await page.evaluate(() => {
    const world = globalThis as Record<string, unknown>
    const bridge = world.firstnode as Record<string, unknown>
    return { require: typeof world.require, process: typeof world.process, module: typeof world.module, ipc: typeof world.ipcRenderer, bridge: Object.keys(bridge), frozen: Object.isFrozen(bridge) }
  })
  expect(found).toEqual({ require: 'undefined', process: 'undefined', module: 'undefined', ipc: 'undefined', bridge: ['pathOf'], frozen: true })
})

test('a port is handed out to who asks from this very window, and for nothing else', async ({ desktop }) => {
  const { page } = desktop
  const ports = await page.evaluate(() => {
    return new Promise<number>((resolve) => {
      let ports = 0
      window.addEventListener('message', ({ data, source, ports: [port] }: MessageEvent<{ firstnode?: unknown; more?: number } | null>) => {
        if (data?.firstnode === 'port' && port !== undefined) ports += 1
        // Messages come in their order: what was handed out by then has come before the last of these.
        if (data?.firstnode === 'ask-port' && source === window) window.postMessage({ more: 3 }, '*')
        if (data?.more === 0) resolve(ports)
        if (typeof data?.more === 'number' && data.more > 0) window.postMessage({ more: data.more - 1 }, '*')
      })
      // A message without a window behind it, those that ask for something else, and at last one that asks for a port.
      window.dispatchEvent(new MessageEvent('message', { data: { firstnode: 'ask-port' } }))
      for (const other of [null, 'ask-port', {}, { firstnode: 'ask' }, { firstnode: null }]) window.postMessage(other, '*')
      window.postMessage({ firstnode: 'ask-port' }, '*')
    })
  })
  expect(ports).toBe(1)
})

test('secrets in the environment do not stay in that of the application, which what it starts would inherit', async ({ desktops }) => {
  const { app } = await desktops.start({ ELASTIC_PASSWORD: 'a password', ENROLLMENT_TOKEN: 'a token', KEYSTORE_PASSWORD: 'another', KIBANA_PASSWORD: 'one more' })
  expect(await app.evaluate(() => Object.keys(process.env).filter((name) => /^(ELASTIC|KEYSTORE|KIBANA)_PASSWORD$|^ENROLLMENT_TOKEN$/.test(name)))).toEqual([])
})

test('the policy refuses inline scripts, eval, frames, other origins and forms', async ({ desktop }) => {
  const refused = await desktop.page.evaluate(async (remote) => {
    const violated: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violated.push(effectiveDirective))
    const inline = document.createElement('script')
    inline.textContent = 'globalThis.inlineRan = true'
    const script = document.createElement('script')
    script.src = remote
    const frame = document.createElement('iframe')
    frame.src = remote
    const styled = document.createElement('p')
    styled.setAttribute('style', 'color: red')
    const image = new Image()
    image.src = `${remote}image.png`
    document.body.append(inline, script, frame, styled, image)
    const form = document.createElement('form')
    form.action = remote
    document.body.append(form)
    form.submit()
    const fetched = await fetch(remote).then(() => 'reached', () => 'refused')
    // From a timer: what the debugger itself calls may evaluate.
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          // oxlint-disable-next-line no-eval -- it must be refused
          resolve((0, eval)('"ran"'))
        } catch {
          resolve('refused')
        }
      })
    })
    const deadline = performance.now() + 10_000
    while (new Set(violated).size < 7 && performance.now() < deadline) await new Promise((resolve) => requestAnimationFrame(resolve))
    return { violated: [...new Set(violated)].sort(), evaluated, fetched, inline: 'inlineRan' in globalThis }
  }, remote())
  expect(refused).toMatchObject({ evaluated: 'refused', fetched: 'refused', inline: false })
  expect(refused.violated).toEqual(['connect-src', 'form-action', 'frame-src', 'img-src', 'script-src', 'script-src-elem', 'style-src-attr'])
  expect(asked).toEqual([])
  forgive(desktop)
})

test('the window does not leave our page; an address of the table is opened outside, once', async ({ desktop }) => {
  const outside = await opened(desktop)
  await desktop.page.evaluate((remote) => {
    location.href = remote
  }, remote())
  await desktop.page.evaluate(() => {
    location.href = 'https://www.elastic.co/docs/deploy-manage'
  })
  await expect.poll(outside).toEqual(['https://www.elastic.co/docs/deploy-manage'])
  expect(await address(desktop)).toEqual(['app://firstnode/'])
  expect(asked).toEqual([])
  expect(await headingOf(desktop.app)).toBe('Which Elasticsearch?')
  forgive(desktop)
})

test('no further window opens; an address of the table is opened outside, and nothing but https', async ({ desktop }) => {
  const outside = await opened(desktop)
  const windows = await desktop.page.evaluate((remote) => {
    const others = [remote, 'file:///etc/passwd', 'app://firstnode/', 'http://www.elastic.co/docs/', 'https://www.elastic.co.example.org/docs/', 'https://www.elastic.co/docs/allowed']
    return others.map((url) => window.open(url) === null)
  }, remote())
  expect(windows).toEqual(windows.map(() => true))
  await expect.poll(outside).toEqual(['https://www.elastic.co/docs/allowed'])
  expect(await address(desktop)).toEqual(['app://firstnode/'])
  expect(asked).toEqual([])
  forgive(desktop)
})

test('a page inside the page is refused before it is made', async ({ desktop }) => {
  const { app } = desktop
  const prevented = await app.evaluate(({ BrowserWindow }) => {
    let prevented = false
    const event = { preventDefault: () => (prevented = true) }
    BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', event, {}, {})
    return prevented
  })
  expect(prevented).toBe(true)
})

test('nothing is loaded from anywhere else, even if the main process itself is made to', async ({ desktop }) => {
  const ended = await desktop.app.evaluate(async ({ BrowserWindow }, remote) => {
    const other = new BrowserWindow({ show: false })
    const result = await other.loadURL(remote).then(() => 'loaded', () => 'refused')
    other.destroy()
    return result
  }, remote())
  expect([ended, asked]).toEqual(['refused', []])
  forgive(desktop)
})

test('the page is granted nothing that it could ask of the system', async ({ desktop }) => {
  const granted = await desktop.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'midi'] as PermissionName[]
    const states = await Promise.all(names.map(async (name) => `${name}: ${(await navigator.permissions.query({ name })).state}`))
    const place = await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('given'), ({ code }) => resolve(code), { timeout: 5000 }))
    return { states, place, notifications: await Notification.requestPermission() }
  })
  expect(granted).toEqual({ states: ['geolocation: denied', 'notifications: denied', 'midi: denied'], place: 1, notifications: 'denied' })
  forgive(desktop)
})

test('our page gets an answer over its port, another page in the same window none', async ({ desktops }) => {
  const desktop = await desktops.start()
  expect(JSON.stringify(await askOverPort(desktop, desktop.page))).toContain('electron')

  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('about:blank').catch(() => undefined))
  const window = await desktop.app.firstWindow()
  await window.waitForURL('about:blank')
  expect(await askOverPort(desktop, window)).toBe('nobody')
  expect(await desktop.log()).toContain('Refused a connection of about:blank')
})

test('whoever sends anything but a call is hung up on', async ({ desktop }) => {
  const closed = await desktop.page.evaluate(async () => {
    const call = { i: '1', p: { u: '/host/info', b: {} } }
    const ends: string[] = []
    // One after the other: a port that is handed out is heard of by whoever listens for one.
    for (const rubbish of ['no call', '{"i":1}', 'null', new ArrayBuffer(8), { i: '1' }, JSON.stringify({ ...call, rest: 'x'.repeat(2_000_000) })]) {
      ends.push(await new Promise<string>((resolve) => {
        const take = (event: MessageEvent<{ firstnode?: unknown }>): void => {
          const [port] = event.ports
          if (event.data.firstnode !== 'port' || port === undefined) return
          window.removeEventListener('message', take)
          port.addEventListener('close', () => resolve('closed'))
          // The page's own connection takes it up as well: its calls may be answered, ours must not.
          port.addEventListener('message', ({ data }) => JSON.parse(String(data)).i === 'ours' && resolve('answered'))
          port.start()
          port.postMessage(rubbish)
          // Answered only where the rubbish did not end it.
          port.postMessage(JSON.stringify({ ...call, i: 'ours' }))
        }
        window.addEventListener('message', take)
        window.postMessage({ firstnode: 'ask-port' }, '*')
      }))
    }
    return ends
  })
  expect(closed).toEqual(['closed', 'closed', 'closed', 'closed', 'closed', 'closed'])
  await expect(desktop.page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('DevTools open in a checkout and stay closed in what somebody installed', async ({ desktops }) => {
  const { app } = await desktops.start()
  const { packaged, open } = await app.evaluate(async ({ app, BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    // They open later than they are asked for. Where ours are to stay closed, those of another window say that they would have opened by now.
    const other = new BrowserWindow({ show: false })
    const waitedFor = app.isPackaged ? other.webContents : contents
    const opened = new Promise<void>((resolve) => waitedFor?.once('devtools-opened', () => resolve()))
    contents?.openDevTools({ mode: 'detach' })
    if (app.isPackaged) other.webContents.openDevTools({ mode: 'detach' })
    await opened
    other.destroy()
    return { packaged: app.isPackaged, open: contents?.isDevToolsOpened() }
  })
  expect(open).toBe(!packaged)
})
