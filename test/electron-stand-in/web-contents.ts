import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import type { HandlerDetails, Session as ElectronSession, WebContents, WindowOpenHandlerResponse } from 'electron'
import type { Session } from './cdp.ts'
import { clipboard } from './clipboard.ts'
import { tellOfDownloads } from './downloads.ts'
import { preventable, StandInEmitter } from './emitter.ts'
import { allIpc, StandInIpc } from './ipc.ts'
import { portOf } from './message-ports.ts'
import { guardRequests } from './navigation-gate.ts'
import { PageLine } from './page-line.ts'
import { ownTargets, type PageTarget, openPageTarget } from './page-target.ts'
import { mayUse } from './permissions.ts'
import { fromChromium, toChromium } from './protocol.ts'
import { defaultSession } from './session.ts'
import { shell } from './shell.ts'
import { chromium, happenings } from './stand-in-state.ts'
import { knownOptions, NotInStandIn, strict } from './strict.ts'
import { showScheme } from './native-theme.ts'
import { watchForHang } from './hang-watch.ts'
import { webFrame } from './web-frame.ts'
import type { Preferences } from './web-preferences.ts'

const events = [
  'did-finish-load', 'did-fail-load', 'did-start-loading', 'did-stop-loading', 'dom-ready', 'did-start-navigation', 'did-navigate', 'did-navigate-in-page', 'did-frame-navigate', 'did-frame-finish-load', 'page-title-updated',
  'will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview', 'render-process-gone', 'unresponsive', 'responsive', 'destroyed', 'devtools-opened', 'devtools-closed',
  'focus', 'blur', 'console-message', 'preload-error', 'did-create-window', 'context-menu', 'before-input-event',
]

type Members =
  | 'loadURL' | 'loadFile' | 'reload' | 'getURL' | 'getTitle' | 'isLoading' | 'isCrashed' | 'isDestroyed' | 'close' | 'send' | 'postMessage' | 'executeJavaScript' | 'forcefullyCrashRenderer' | 'setWindowOpenHandler'
  | 'openDevTools' | 'closeDevTools' | 'isDevToolsOpened' | 'toggleDevTools' | 'id' | 'getType' | 'getOSProcessId' | 'isFocused' | 'setZoomFactor' | 'getZoomFactor' | 'getUserAgent' | 'getOrCreateDevToolsTargetId'

interface Failure { readonly code: string; readonly errno: number }
const failures: Readonly<Record<string, Failure>> = { 'net::ERR_ABORTED': { code: 'ERR_ABORTED', errno: -3 }, 'net::ERR_FAILED': { code: 'ERR_FAILED', errno: -2 } }

const all: StandInWebContents[] = []
let lastId = 0

/** What a window shows: a page of Chromium, driven. */
export class StandInWebContents extends StandInEmitter implements Omit<Pick<WebContents, Members>, 'executeJavaScript'> {
  readonly id = ++lastId
  readonly ipc = new StandInIpc()
  readonly preferences: Preferences
  readonly seen: WebContents
  readonly target: Promise<PageTarget>
  owner: object | null = null
  #target: PageTarget | null = null
  #line: PageLine | null = null
  #url = ''
  #title = ''
  #own: string[] = []
  #mainFrame = ''
  readonly #frames = new Map<string, { url: string; parent: string | null }>()
  #loading = false
  #crashed = false
  #destroyed = false
  #devTools = false
  #zoom = 1
  #openHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | null = null
  #loadEnds: { resolve(): void; reject(error: Error): void } | null = null

  constructor(preferences: Preferences, size: { width: number; height: number }) {
    super('WebContents', events)
    if (preferences.webviewTag) throw new NotInStandIn('webPreferences.webviewTag')
    this.preferences = preferences
    this.seen = strict('WebContents', this) as unknown as WebContents
    all.push(this)
    this.target = openPageTarget({ preferences, ...size, listen: (session, id) => this.#listen(session, id) }).then((target) => (this.#target = target))
    const schemeChanged = () => void this.target.then(({ session }) => showScheme(session)).catch(() => undefined)
    happenings.on('dark', schemeChanged)
    this.once('destroyed', () => happenings.off('dark', schemeChanged))
    happenings.emit('contents-created', this.seen)
  }

  get session(): ElectronSession {
    return defaultSession as unknown as ElectronSession
  }

  get mainFrame() {
    return webFrame(this.#frameOf(), this.#mainFrame)
  }

  async loadURL(url: string, options: object = {}): Promise<void> {
    knownOptions('loadURL', options, [])
    this.#loadEnds?.reject(this.#failure('net::ERR_ABORTED', this.#url))
    const ended = new Promise<void>((resolve, reject) => (this.#loadEnds = { resolve, reject }))
    ended.catch(() => undefined)
    const { session } = await this.target
    const address = toChromium(url)
    this.#own.push(address)
    void showScheme(session)
    const { errorText } = await session.send('Page.navigate', { url: address })
    if (errorText !== undefined) this.#failed(errorText, url)
    return ended
  }

  loadFile(path: string, options: object = {}): Promise<void> {
    knownOptions('loadFile', options, [])
    return this.loadURL(pathToFileURL(resolve(path)).href)
  }

  reload(): void {
    void this.#reload()
  }

  getURL(): string {
    return fromChromium(this.#url)
  }

  getTitle(): string {
    return this.#title
  }

  getType() {
    return 'window' as const
  }

  isLoading(): boolean {
    return this.#loading
  }

  isCrashed(): boolean {
    return this.#crashed
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isFocused(): boolean {
    return !this.#destroyed
  }

  getOSProcessId(): number {
    throw new NotInStandIn('WebContents.getOSProcessId')
  }

  getUserAgent(): string {
    return `Mozilla/5.0 (stand-in) Chrome/${process.versions.chrome} Electron/${process.versions.electron}`
  }

  getOrCreateDevToolsTargetId(): string {
    if (this.#target === null) throw new Error('The page is not open yet.')
    return this.#target.id
  }

  /** The preferences in force; real Electron has it as well, untyped. */
  getLastWebPreferences(): object {
    return { ...this.preferences }
  }

  send(channel: string, ...args: unknown[]): void {
    this.#line?.send(channel, args, [])
  }

  postMessage(channel: string, message: unknown, transfer: readonly object[] = []): void {
    this.#line?.send(channel, [message], transfer)
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const { session } = await this.target
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression: code, awaitPromise: true, returnByValue: true, userGesture })
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  forcefullyCrashRenderer(): void {
    // Never answered: the page is gone before it could.
    void this.target.then(({ session }) => session.send('Page.crash')).catch(() => undefined)
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.#openHandler = handler
  }

  setZoomFactor(factor: number): void {
    this.#zoom = factor
    void this.target.then(({ session }) => session.send('Emulation.setPageScaleFactor', { pageScaleFactor: factor }))
  }

  getZoomFactor(): number {
    return this.#zoom
  }

  openDevTools(options: object = {}): void {
    knownOptions('openDevTools', options, ['mode', 'activate', 'title'])
    if (!this.preferences.devTools || this.#devTools) return
    this.#devTools = true
    setImmediate(() => this.emit('devtools-opened'))
  }

  closeDevTools(): void {
    if (!this.#devTools) return
    this.#devTools = false
    setImmediate(() => this.emit('devtools-closed'))
  }

  toggleDevTools(): void {
    if (this.#devTools) this.closeDevTools()
    else this.openDevTools()
  }

  isDevToolsOpened(): boolean {
    return this.#devTools
  }

  close(options: object = {}): void {
    knownOptions('WebContents.close', options, ['waitForBeforeUnload'])
    ;(this.owner as { close(): void } | null)?.close()
  }

  /** Ends the page with its window. */
  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    all.splice(all.indexOf(this), 1)
    this.#line?.end()
    void this.target.then(async ({ id }) => (await chromium).send('Target.closeTarget', { targetId: id })).catch(() => undefined)
    this.emit('destroyed')
  }

  /** A window that the page wants opened, whichever way. */
  openWindow(url: string, frameName: string, features: string): void {
    const address = fromChromium(url)
    const details = { url: address, frameName, features, disposition: 'foreground-tab', referrer: { url: this.getURL(), policy: 'strict-origin-when-cross-origin' } } as HandlerDetails
    const answer = this.#openHandler?.(details) ?? { action: 'allow' }
    if (answer.action === 'deny') return
    // Nothing of ours opens windows by a page: that one appears at all is what a test must see.
    void chromium.then((browser) => {
      const opened = browser.send('Target.createTarget', { url: toChromium(address), newWindow: true })
      return opened.then(({ targetId }) => ownTargets.add(targetId))
    })
  }

  async #reload(): Promise<void> {
    const { session } = await this.target
    this.#own.push(toChromium(this.#url))
    // A page that crashed has nothing to reload: it is gone to once more.
    if (this.#crashed) await session.send('Page.navigate', { url: toChromium(this.#url) })
    else await session.send('Page.reload')
  }

  #listen(session: Session, targetId: string): void {
    this.#mainFrame = targetId
    this.#frames.set(targetId, { url: 'about:blank', parent: null })
    this.#line = new PageLine(session, '__standInTell', {
      mainFrame: targetId,
      received: ({ channel, args, ports, href }) => {
        const event = this.#ipcEvent(href, ports.map(portOf))
        this.ipc.emit(channel, event, ...args)
        allIpc.emit(channel, event, ...args)
      },
      invoked: ({ channel, args, href }) => {
        const event = this.#ipcEvent(href, [])
        return this.ipc.answer(channel, event, args) ?? allIpc.answer(channel, event, args) ?? Promise.reject(new Error(`No handler registered for '${channel}'`))
      },
      asked: async (what, data, href) => {
        const [first = '', second = '', third = ''] = data
        if (what === 'window') return this.openWindow(first, second, third)
        if (what === 'readClipboard') return clipboard.readText()
        if (what === 'writeClipboard') return clipboard.writeText(first)
        return mayUse({ contents: this.seen, permission: first, url: href, asking: what === 'permission' })
      },
      preloadFailed: (error) => {
        process.stderr.write(`Unable to load preload script: ${error.stack ?? error.message}\n`)
        this.emit('preload-error', {}, this.preferences.preload, error)
      },
    })
    tellOfDownloads(session, this.seen)
    guardRequests(session, {
      mainFrame: targetId,
      isOwn: (url) => this.#isOwn(url),
      mayNavigate: (asked) => this.#mayNavigate(asked),
      mayRedirect: (asked) => {
        const event = this.#navigation(asked)
        this.emit('will-redirect', event, asked.url, false, asked.isMainFrame, 1, 1)
        return !event.defaultPrevented
      },
    })
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => this.#frames.set(frameId, { url: '', parent: parentFrameId }))
    session.on('Page.frameDetached', ({ frameId }) => this.#frames.delete(frameId))
    session.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId !== targetId) return
      this.#loading = true
      this.emit('did-start-loading')
    })
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id === targetId) void showScheme(session)
      this.#frames.set(frame.id, { url: frame.url + (frame.urlFragment ?? ''), parent: frame.parentId ?? null })
      if (frame.parentId !== undefined) return
      this.#crashed = false
      this.#url = frame.url + (frame.urlFragment ?? '')
      if (frame.unreachableUrl !== undefined) return
      this.emit('did-navigate', {}, this.getURL(), 200, 'OK')
    })
    session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (disposition === 'currentTab' && !/^(https?|about|javascript|data|blob):/.test(url)) void this.#leaveChromium(url, frameId)
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      this.#frames.set(frameId, { url, parent: this.#frames.get(frameId)?.parent ?? null })
      if (frameId === targetId) this.#url = url
      this.emit('did-navigate-in-page', {}, fromChromium(url), frameId === targetId, 1, 1)
    })
    session.on('Page.domContentEventFired', () => void this.#domReady())
    session.on('Page.loadEventFired', () => this.#loaded())
    session.on('Inspector.targetCrashed', () => this.#gone())
    session.on('Runtime.consoleAPICalled', ({ type, args }) => this.emit('console-message', { level: type === 'warning' ? 'warning' : type === 'error' ? 'error' : 'info', message: args.map(({ value, description }) => String(value ?? description ?? '')).join(' ') }))
    watchForHang(session, { isWatched: () => !this.#crashed && !this.#destroyed, tell: (event) => void this.emit(event) })
  }

  async #domReady(): Promise<void> {
    this.emit('dom-ready')
    const title = await this.executeJavaScript('document.title').catch(() => null)
    if (typeof title !== 'string' || title === this.#title || this.#destroyed) return
    this.#title = title
    this.emit('page-title-updated', preventable({}), title, true)
  }

  #loaded(): void {
    this.#loading = false
    // The empty page that a target begins with is nobody's load.
    if (this.#url === '' || (this.#url === 'about:blank' && this.#loadEnds === null)) return
    this.emit('did-finish-load')
    this.emit('did-stop-loading')
    this.#loadEnds?.resolve()
    this.#loadEnds = null
  }

  #failed(errorText: string, url: string): void {
    const { errno } = failures[errorText] ?? { errno: -2 }
    this.#loading = false
    this.emit('did-fail-load', {}, errno, errorText.replace('net::', ''), url, true, 1, 1)
    this.#loadEnds?.reject(this.#failure(errorText, url))
    this.#loadEnds = null
  }

  #failure(errorText: string, url: string): Error {
    const { code, errno } = failures[errorText] ?? { code: errorText.replace('net::', ''), errno: -2 }
    return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url })
  }

  #gone(): void {
    this.#crashed = true
    this.#line?.end()
    const details = { reason: 'crashed', exitCode: 133 }
    this.emit('render-process-gone', {}, details)
    happenings.emit('render-process-gone', this.seen, details)
  }

  #isOwn(url: string): boolean {
    const bare = (text: string) => text.replace(/#.*$/, '')
    const at = this.#own.findIndex((one) => bare(one) === bare(url))
    if (at >= 0) this.#own.splice(at, 1)
    return at >= 0
  }

  #mayNavigate(asked: { url: string; frameId: string; isMainFrame: boolean }): boolean {
    const event = this.#navigation(asked)
    this.emit('will-frame-navigate', event)
    if (asked.isMainFrame && !event.defaultPrevented) this.emit('will-navigate', event, asked.url, false, true, 1, 1)
    return !event.defaultPrevented
  }

  /** An address that is no page (mailto:, another program's): asked about like any, then left to the desktop. */
  async #leaveChromium(url: string, frameId: string): Promise<void> {
    const allowed = this.#mayNavigate({ url, frameId, isMainFrame: frameId === this.#mainFrame })
    if (!allowed || url.startsWith('file:')) return
    if (await mayUse({ contents: this.seen, permission: 'openExternal', url: this.getURL(), asking: true })) await shell.openExternal(url)
  }

  #navigation({ url, frameId, isMainFrame }: { url: string; frameId: string; isMainFrame: boolean }) {
    return preventable({ url, isSameDocument: false, isMainFrame, frame: webFrame(this.#frameOf(), frameId), initiator: webFrame(this.#frameOf(), frameId) })
  }

  #ipcEvent(href: string, ports: readonly object[]): object {
    return strict('IpcMainEvent', {
      type: 'frame',
      sender: this.seen,
      senderFrame: webFrame(this.#frameOf(), this.#mainFrame, href),
      processId: 1,
      frameId: 1,
      ports,
      reply: (channel: string, ...args: unknown[]) => this.send(channel, ...args),
    })
  }

  #frameOf() {
    return {
      frameUrl: (id: string) => this.#frames.get(id)?.url ?? null,
      parentOf: (id: string) => this.#frames.get(id)?.parent ?? null,
      sendTo: (channel: string, args: readonly unknown[], ports: readonly object[]) => this.#line?.send(channel, args, ports),
      evaluate: (code: string) => this.executeJavaScript(code),
    }
  }
}

export const webContents = strict('webContents', {
  getAllWebContents: () => all.map(({ seen }) => seen),
  fromId: (id: number) => all.find((one) => one.id === id)?.seen,
  fromDevToolsTargetId: (targetId: string) => contentsOf(targetId)?.seen,
})

function contentsOf(targetId: string): StandInWebContents | undefined {
  return all.find((one) => {
    try {
      return one.getOrCreateDevToolsTargetId() === targetId
    } catch {
      return false
    }
  })
}

/** A page opened a window in a way that the page's own script did not foresee: it is closed, and the handler is asked. */
export async function watchOpenedTargets(): Promise<void> {
  const browser = await chromium
  browser.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetInfo.openerId === undefined) return
    void browser.send('Target.closeTarget', { targetId: targetInfo.targetId }).then(() => contentsOf(targetInfo.openerId ?? '')?.openWindow(targetInfo.url, '', ''))
  })
  await browser.send('Target.setDiscoverTargets', { discover: true, filter: [{ type: 'page', exclude: false }] })
}
