import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { inRoot } from '../../../build/root.mjs'
import { lengthy } from '../../support/in-turn.ts'
import { startTiny, type Tiny, tinyFolder } from './tiny-application.ts'

/** What the preload gives to the page. */
interface TinyWindow {
  readonly tiny: {
    double(number: number): Promise<number>
    missing(): Promise<never>
    plus(number: number): number
    fail(): never
    each(list: readonly number[], take: (one: number) => void): void
    readonly inside: { readonly deep: string; readonly when: Date }
    pathOf(file: File): string
    readonly sandboxed: boolean
    askForPort(): void
    given(): unknown[]
  }
  readonly ran?: string
  readonly inline?: boolean
  readonly preloadWasHere?: boolean
}
declare const window: TinyWindow & typeof globalThis & Window
/** For the tests that ask nothing special of it, and leave its window and its page in place. */
let shared: Tiny
beforeAll(async () => void (shared = await startTiny()))
afterAll(() => shared[Symbol.asyncDispose]())

const electron = inRoot('test', 'electron-stand-in', 'electron')

test('the first page comes from app://, and the preload is in a world of its own', async () => {
  const tiny = shared
  expect(await tiny.page.evaluate(() => [window.ran, Object.keys(window.tiny).length, window.preloadWasHere, typeof (globalThis as { require?: unknown }).require, window.tiny.sandboxed])).toEqual(['by the policy', 10, undefined, 'undefined', true])
  expect(await tiny.app.evaluate(({ app, BrowserWindow }) => [app.name, app.getVersion(), app.isPackaged, BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL())])).toEqual(['Tiny', '1.2.3', false, ['app://tiny/index.html']])
  expect(await tiny.page.title()).toBe('Tiny')
})

test('the policy that the protocol gives is in force', async () => {
  const tiny = shared
  expect(await tiny.page.evaluate(() => [window.inline, window.ran])).toEqual([undefined, 'by the policy'])
  expect(await tiny.page.evaluate(async () => [await fetch('/some.txt').then((answer) => answer.text()), await fetch('https://example.com/').catch((error: Error) => error.message)])).toEqual(['/some.txt', 'Failed to fetch'])
})

lengthy('a scheme without the privilege for fetch is not fetched from', async () => {
  await using tiny = await startTiny({ fetch: false })
  expect(await tiny.page.evaluate(() => fetch('/some.txt').catch((error: Error) => error.message))).toBe('Failed to fetch')
})

lengthy('what a listener of requests refuses is not loaded', async () => {
  await using tiny = await startTiny({ onlyOwn: true })
  expect(await tiny.page.evaluate(async () => [await fetch('/some.txt').then(({ status }) => status), await fetch('/refused.txt').catch((error: Error) => error.message)])).toEqual([200, 'Failed to fetch'])
})

test('functions of the preload are called at once, with what they give, throw and call back', async () => {
  const tiny = shared
  const answers = await tiny.page.evaluate(async () => {
    const { tiny } = window
    const taken: number[] = []
    tiny.each([1, 2, 3], (one) => taken.push(one))
    let thrown = ''
    try {
      tiny.fail()
    } catch (error) {
      thrown = (error as Error).message
    }
    const missing = await tiny.missing().catch((error: Error) => error.message)
    return { plus: tiny.plus(1), doubled: await tiny.double(21), taken, thrown, missing, deep: tiny.inside.deep, when: tiny.inside.when.getTime(), frozen: Object.isFrozen(tiny) }
  })
  expect(answers).toEqual({ plus: 2, doubled: 42, taken: [1, 2, 3], thrown: 'as it should', missing: expect.stringContaining("No handler registered for 'missing'"), deep: 'value', when: 0, frozen: true })
})

test('a port from the page carries what structured cloning carries, and the sender is known', async () => {
  const tiny = shared
  const echoed = await tiny.page.evaluate(() => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', ({ data: { echo } }) => resolve([echo.map instanceof Map, echo.map.get('a'), echo.when instanceof Date, [...echo.bytes], echo.none === undefined, echo.self === echo, echo.big === 12n]))
    port1.start()
    window.postMessage('connect', '*', [port2])
    const message: Record<string, unknown> = { map: new Map([['a', 1]]), when: new Date(), bytes: new Uint8Array([1, 2, 255]), none: undefined, big: 12n }
    port1.postMessage(Object.assign(message, { self: message }))
  }))
  expect(echoed).toEqual([true, 1, true, [1, 2, 255], true, true, true])
  expect(await tiny.heard()).toContainEqual(['port', 'hello', 'app://tiny/index.html', 'app://tiny', null])
})

test('a port travels over a port', async () => {
  const tiny = shared
  const heard = await tiny.page.evaluate(() => new Promise((resolve) => {
    const [first, second] = [new MessageChannel(), new MessageChannel()]
    second.port1.addEventListener('message', ({ data }) => resolve(data))
    second.port1.start()
    window.postMessage('connect', '*', [first.port2])
    first.port1.postMessage('take this', [second.port2])
  }))
  expect(heard).toBe('over the second port')
})

test('a port from the main process reaches the preload', async () => {
  const tiny = shared
  await tiny.page.evaluate(() => window.tiny.askForPort())
  await expect.poll(() => tiny.page.evaluate(() => window.tiny.given())).toEqual(['for you', ['main has', 'from the page']])
})

lengthy('a port hears of its end when the page closes it, and when the page is loaded anew', async () => {
  await using tiny = await startTiny()
  const connect = () => tiny.page.evaluate(() => {
    const { port1, port2 } = new MessageChannel()
    window.postMessage('connect', '*', [port2])
    Object.assign(window, { port: port1 })
  })
  const closes = async () => (await tiny.heard()).filter((one) => one === 'port closed').length
  await connect()
  await expect.poll(async () => (await tiny.heard()).flat()).toContain('hello')
  await tiny.page.evaluate(() => (window as unknown as { port: MessagePort }).port.close())
  await expect.poll(closes).toBe(1)
  await connect()
  await expect.poll(async () => (await tiny.heard()).flat().filter((one) => one === 'hello').length).toBe(2)
  await tiny.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.reload())
  await expect.poll(closes).toBe(2)
})

test('a navigation that is prevented leaves the page where it is', async () => {
  const tiny = shared
  await tiny.page.click('#away')
  await expect.poll(() => tiny.heard()).toContainEqual(['will-frame-navigate', 'https://example.com/away', true])
  expect(await tiny.page.evaluate(() => [window.ran, document.querySelector('h1')?.textContent])).toEqual(['by the policy', 'Hello'])
})

lengthy('a navigation that nobody prevents takes the page away', async () => {
  await using tiny = await startTiny({ navigate: true })
  await tiny.page.click('#away')
  await expect.poll(() => tiny.page.url()).not.toContain('tiny')
})

lengthy('a redirection is asked about before it is followed', async () => {
  for (const noRedirect of [true, false]) {
    await using tiny = await startTiny({ noRedirect })
    await tiny.page.evaluate(() => void (location.href = '/moved'))
    await expect.poll(() => tiny.heard()).toContainEqual(['will-redirect', 'app://tiny/there.txt'])
    const shown = () => tiny.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())
    await expect.poll(shown).toBe(noRedirect ? 'app://tiny/index.html' : 'app://tiny/there.txt')
  }
})

lengthy('an address of another program is asked about, and goes to the desktop where nobody refuses', async () => {
  const opened = (tiny: Tiny) => tiny.app.evaluate(({ shell }) => (shell as unknown as { recorded: { about: string }[] }).recorded.map(({ about }) => about))
  {
    await using tiny = await startTiny()
    await tiny.page.click('#mail')
    await expect.poll(() => tiny.heard()).toContainEqual(['will-frame-navigate', 'mailto:somebody@example.com', true])
    expect(await opened(tiny)).toEqual([])
  }
  await using tiny = await startTiny({ navigate: true })
  await tiny.page.click('#mail')
  await expect.poll(() => opened(tiny)).toEqual(['mailto:somebody@example.com'])
})

lengthy('a page that hangs is told of, and told of again when it answers', async () => {
  await using tiny = await startTiny({}, { env: { STAND_IN_HANG_MS: '400' } })
  // On a busy machine a page that loads is late with its answers as well: that is not what is asked here.
  const before = (await tiny.heard()).length
  await tiny.page.evaluate(() => {
    setTimeout(() => {
      const until = performance.now() + 3000
      while (performance.now() < until);
    })
  })
  await expect.poll(async () => (await tiny.heard()).slice(before)).toContain('unresponsive')
  await expect.poll(async () => (await tiny.heard()).at(-1)).toBe('responsive')
})

lengthy('a download is told of', async () => {
  await using tiny = await startTiny({ navigate: true })
  await tiny.page.evaluate(() => Object.assign(document.createElement('a'), { href: '/kept.txt', download: 'kept.txt' }).click())
  await expect.poll(() => tiny.heard()).toContainEqual(['will-download', 'app://tiny/kept.txt', 'kept.txt'])
})

test('a frame inside is asked about as well', async () => {
  const tiny = shared
  await tiny.page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.src = '/inside.txt'
    document.body.append(frame)
  })
  await expect.poll(() => tiny.heard()).toContainEqual(['will-frame-navigate', 'app://tiny/inside.txt', false])
})

test('windows that the page opens by a link or by script are refused by the handler', async () => {
  const tiny = shared
  await tiny.page.click('#beside')
  expect(await tiny.page.evaluate(() => window.open('https://example.com/script'))).toBeNull()
  await expect.poll(() => tiny.heard()).toEqual(expect.arrayContaining([['open', 'https://example.com/beside'], ['open', 'https://example.com/script']]))
  expect(tiny.app.windows()).toHaveLength(1)
})

lengthy('without a handler the page opens windows', async () => {
  await using tiny = await startTiny({ noWindowHandler: true })
  await tiny.page.evaluate(() => window.open('app://tiny/index.html'))
  await expect.poll(() => tiny.app.windows().length).toBe(2)
})

lengthy('permissions are asked of the handler, and granted where there is none', async () => {
  {
    await using tiny = await startTiny({ denyPermissions: true })
    expect(await tiny.page.evaluate(() => Notification.requestPermission())).toBe('denied')
    expect(await tiny.page.evaluate(() => navigator.clipboard.readText().catch((error: Error) => error.name))).toBe('NotAllowedError')
    expect(await tiny.heard()).toEqual(expect.arrayContaining([['permission', 'notifications'], ['permission', 'clipboard-read']]))
  }
  await using tiny = await startTiny()
  await tiny.app.evaluate(({ clipboard }) => clipboard.writeText('shared'))
  expect(await tiny.page.evaluate(() => navigator.clipboard.readText())).toBe('shared')
  expect(await tiny.page.evaluate(() => Notification.requestPermission())).toBe('granted')
})

lengthy('without context isolation the preload is in the page, and its bridge refuses', async () => {
  await using tiny = await startTiny({ webPreferences: { contextIsolation: false, sandbox: false } })
  expect(await tiny.page.evaluate(() => [window.preloadWasHere, typeof window.tiny, typeof (globalThis as { require?: unknown }).require])).toEqual([true, 'undefined', 'function'])
  expect(await tiny.heard()).toContainEqual(['preload-error', 'contextBridge API can only be used when contextIsolation is enabled'])
})

lengthy('a page with Node in it shows it, and one without web security has no policy', async () => {
  await using tiny = await startTiny({ webPreferences: { nodeIntegration: true, webSecurity: false } })
  expect(await tiny.page.evaluate(() => [typeof (globalThis as { require?: unknown }).require, typeof (globalThis as { process?: unknown }).process, window.inline, window.tiny.sandboxed])).toEqual(['function', 'object', true, false])
  expect(await tiny.app.evaluate(({ webContents }) => (webContents.getAllWebContents()[0] as unknown as { getLastWebPreferences(): object }).getLastWebPreferences())).toMatchObject({ nodeIntegration: true, webSecurity: false, sandbox: false, contextIsolation: true })
})

test('a second start is told to the first and ends; a lock that a dead process left is no hindrance', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'firstnode-tiny-'))
  onTestFinished(() => rm(userData, { recursive: true, force: true }))
  await writeFile(join(userData, 'stand-in-lock.json'), '{"pid":999999999,"start":"1"}')
  await using tiny = await startTiny({ single: true }, { userData })
  const second = spawn(electron, [tinyFolder, `--user-data-dir=${userData}`, '--wish={"single":true}'], { cwd: tmpdir(), stdio: 'ignore' })
  expect(await once(second, 'exit')).toEqual([0, null])
  await expect.poll(() => tiny.heard()).toContainEqual(['second-instance', '--wish={"single":true}', tmpdir(), { from: 'second' }])
})

test('a page that crashes is told of and comes back by a reload', async () => {
  await using tiny = await startTiny()
  await tiny.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  await expect.poll(async () => (await tiny.heard()).filter((one) => one === 'did-finish-load').length).toBe(2)
  expect(await tiny.heard()).toContainEqual(['gone', 'crashed'])
  expect(await tiny.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('[window.ran, window.tiny.plus(1)]'))).toEqual(['by the policy', 2])
})

test('quitting: before-quit, the windows, will-quit, quit; and closing the last window says so first', async () => {
  const endings: string[] = []
  for (const way of ['quit', 'close'] as const) {
    await using tiny = await startTiny()
    const output = tiny.app.process().stdout
    output?.on('data', (chunk: Buffer) => endings.push(...chunk.toString().split('\n').filter((line) => line.startsWith('heard'))))
    await tiny.app.evaluate(({ app, BrowserWindow }, way) => {
      app.on('window-all-closed', () => app.quit())
      BrowserWindow.getAllWindows()[0]?.on('closed', () => (globalThis as unknown as { heard: unknown[] }).heard.push('closed'))
      setImmediate(() => (way === 'quit' ? app.quit() : BrowserWindow.getAllWindows()[0]?.close()))
    }, way)
    await once(tiny.app.process(), 'close')
  }
  expect(endings).toEqual([
    'heard ["did-finish-load","before-quit","closed","will-quit","quit"]',
    'heard ["did-finish-load","closed","window-all-closed","before-quit","will-quit","quit"]',
  ])
})

test('a window that refuses to close keeps the application', async () => {
  const tiny = shared
  const stays = await tiny.app.evaluate(({ app, BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    window?.once('close', (event) => event.preventDefault())
    app.quit()
    return window?.isDestroyed()
  })
  expect(stays).toBe(false)
  expect(await tiny.page.evaluate(() => window.ran)).toBe('by the policy')
})

test('what Electron has and the stand-in has not throws', async () => {
  const tiny = shared
  const thrown = await tiny.app.evaluate((electron) => {
    const { app, BrowserWindow, Menu } = electron
    const window = BrowserWindow.getAllWindows()[0]
    const attempts: (() => unknown)[] = [
      () => electron.Tray,
      () => app.getGPUFeatureStatus(),
      () => app.on('open-everything' as 'ready', () => {}),
      () => new BrowserWindow({ kiosk: true }),
      () => new BrowserWindow({ webPreferences: { offscreen: true } }),
      () => window?.webContents.printToPDF({}),
      () => Object.assign(window ?? {}, { fullScreen: true }),
      () => Menu.buildFromTemplate([{ role: 'recentDocuments' }]),
      () => Menu.sendActionToFirstResponder('copy:'),
    ]
    return attempts.map((attempt) => {
      try {
        attempt()
        return 'nothing was thrown'
      } catch (error) {
        return (error as Error).name
      }
    })
  })
  expect(thrown).toEqual(Array.from({ length: 9 }, () => 'NotInStandIn'))
})

test('a dialog that nobody answers throws with what it asked; a test answers it by replacing it', async () => {
  const tiny = shared
  const answers = await tiny.app.evaluate(async ({ dialog }) => {
    let unanswered = ''
    try {
      await dialog.showOpenDialog({ title: 'Which?' })
    } catch (error) {
      unanswered = (error as Error).message
    }
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/chosen'] })
    return [unanswered, (await dialog.showOpenDialog({ title: 'Which?' })).filePaths]
  })
  expect(answers).toEqual([expect.stringContaining('A dialog was opened that nobody answers: showOpenDialog {"title":"Which?"}'), ['/chosen']])
})

test('menus, notifications, the desktop and the taskbar are there for tests', async () => {
  const tiny = shared
  const seen = await tiny.app.evaluate(async ({ BrowserWindow, Menu, Notification, shell }) => {
    const window = BrowserWindow.getAllWindows()[0]
    const clicked: string[] = []
    Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'File', submenu: [{ id: 'one', label: 'One', accelerator: 'CmdOrCtrl+1', click: () => void clicked.push('one') }, { id: 'off', label: 'Off', enabled: false, click: () => void clicked.push('off') }] }, { role: 'viewMenu' }]))
    for (const id of ['one', 'off']) Menu.getApplicationMenu()?.getMenuItemById(id)?.click()
    new Notification({ title: 'Ready', body: 'It runs.' }).show()
    await shell.openExternal('https://example.com/')
    window?.setProgressBar(0.5)
    window?.webContents.openDevTools()
    return {
      clicked,
      shown: (Notification as unknown as { shown: { title: string }[] }).shown.map(({ title }) => title),
      opened: (shell as unknown as { recorded: unknown }).recorded,
      progress: (window as unknown as { recorded: { progress: number } }).recorded.progress,
      devTools: window?.webContents.isDevToolsOpened(),
    }
  })
  expect(seen).toEqual({ clicked: ['one'], shown: ['Ready'], opened: [{ what: 'openExternal', about: 'https://example.com/' }], progress: 0.5, devTools: true })
})

test('the page follows the theme', async () => {
  const tiny = shared
  const isDark = () => tiny.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  expect(await isDark()).toBe(false)
  await tiny.app.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'dark'))
  await expect.poll(isDark).toBe(true)
  expect(await tiny.app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true)
})

test('a window has a size and a place, and what changes them is told', async () => {
  const tiny = shared
  const told = await tiny.app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    const told: string[] = []
    for (const event of ['resize', 'move', 'maximize', 'unmaximize', 'minimize', 'restore', 'focus', 'blur'] as const) window?.on(event as 'resize', () => void told.push(event))
    window?.setBounds({ x: 5, y: 40, width: 700, height: 500 })
    window?.maximize()
    const maximized = window?.getBounds()
    window?.unmaximize()
    window?.minimize()
    window?.restore()
    return { told, maximized, bounds: window?.getBounds() }
  })
  expect(told).toEqual({ told: ['resize', 'move', 'maximize', 'resize', 'unmaximize', 'resize', 'blur', 'minimize', 'restore', 'focus'], maximized: { x: 0, y: 24, width: 1920, height: 1056 }, bounds: { x: 5, y: 40, width: 700, height: 500 } })
  await expect.poll(() => tiny.page.evaluate(() => [innerWidth, innerHeight])).toEqual([700, 500])
})

test('a file that is chosen or dropped has its path', async () => {
  const tiny = shared
  const path = join(tiny.userData, 'a file.txt')
  await writeFile(path, 'text')
  await tiny.page.evaluate(() => {
    const found: string[] = []
    Object.assign(window, { found })
    document.querySelector('#file')?.addEventListener('change', (event) => found.push(...[...((event.target as HTMLInputElement).files ?? [])].map((file) => window.tiny.pathOf(file))))
    document.addEventListener('dragover', (event) => event.preventDefault())
    document.addEventListener('drop', (event) => found.push(...[...(event.dataTransfer?.files ?? [])].map((file) => window.tiny.pathOf(file))))
  })
  const found = () => tiny.page.evaluate(() => (window as unknown as { found: string[] }).found)
  await tiny.page.setInputFiles('#file', path)
  await expect.poll(found).toEqual([path])
  const line = await tiny.page.context().newCDPSession(tiny.page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await line.send('Input.dispatchDragEvent', { type, x: 100, y: 20, data: { items: [], files: [path], dragOperationsMask: 1 } })
  await expect.poll(found).toEqual([path, path])
  expect(await tiny.page.evaluate(() => window.tiny.pathOf(new File(['x'], 'made here')))).toBe('')
})

test('Chromium ends with the application, however that ends', async () => {
  await using tiny = await startTiny()
  const browser = await tiny.app.evaluate(() => {
    const children = process.getBuiltinModule('node:fs').readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    return Number(children.trim().split(' ')[0])
  })
  const closed = once(tiny.app.process(), 'close')
  tiny.app.process().kill('SIGKILL')
  await closed
  await expect.poll(() => readFile(`/proc/${browser}/stat`, 'utf8').catch(() => null)).toBeNull()
})
