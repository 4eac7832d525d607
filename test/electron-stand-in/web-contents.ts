import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import type { Session as ElectronSession, WebContents } from 'electron'
import type { Session } from './cdp.ts'
import { DevTools } from './dev-tools.ts'
import { tellOfDownloads } from './downloads.ts'
import { StandInEmitter } from './emitter.ts'
import { StandInIpc } from './ipc.ts'
import { showScheme } from './native-theme.ts'
import { openByHandler, type OpenHandler, type WishedWindow } from './opened-windows.ts'
import { PageFrames } from './page-frames.ts'
import { PageLife } from './page-life.ts'
import type { PageLine } from './page-line.ts'
import { PageLoad } from './page-load.ts'
import { connectPage } from './page-messages.ts'
import { askAboutNavigations } from './page-navigation.ts'
import { openPageTarget, type PageTarget } from './page-target.ts'
import { defaultSession } from './session.ts'
import { chromium, happenings } from './stand-in-state.ts'
import { knownOptions, NotInStandIn, strict } from './strict.ts'
import type { Preferences } from './web-preferences.ts'

const events = [
  'did-finish-load', 'did-fail-load', 'did-start-loading', 'did-stop-loading', 'dom-ready', 'did-start-navigation', 'did-navigate', 'did-navigate-in-page', 'did-frame-navigate', 'did-frame-finish-load', 'page-title-updated',
  'will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview', 'render-process-gone', 'unresponsive', 'responsive', 'destroyed', 'devtools-opened', 'devtools-closed',
  'focus', 'blur', 'console-message', 'preload-error', 'did-create-window', 'context-menu', 'before-input-event',
]

type Members =
  | 'loadURL' | 'loadFile' | 'reload' | 'getURL' | 'getTitle' | 'isLoading' | 'isCrashed' | 'isDestroyed' | 'close' | 'send' | 'postMessage' | 'executeJavaScript' | 'forcefullyCrashRenderer' | 'setWindowOpenHandler'
  | 'openDevTools' | 'closeDevTools' | 'isDevToolsOpened' | 'toggleDevTools' | 'id' | 'getType' | 'getOSProcessId' | 'isFocused' | 'setZoomFactor' | 'getZoomFactor' | 'getUserAgent' | 'getOrCreateDevToolsTargetId'

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
  readonly #frames = new PageFrames({ sendTo: (channel, args, ports) => this.#line?.send(channel, args, ports), evaluate: (code) => this.executeJavaScript(code) })
  readonly #life = new PageLife()
  readonly #load: PageLoad
  readonly #devTools: DevTools
  #target: PageTarget | null = null
  #line: PageLine | null = null
  #zoom = 1
  #openHandler: OpenHandler | null = null

  constructor(preferences: Preferences, size: { width: number; height: number }) {
    super('WebContents', events)
    if (preferences.webviewTag) throw new NotInStandIn('webPreferences.webviewTag')
    this.preferences = preferences
    this.seen = strict('WebContents', this) as unknown as WebContents
    all.push(this)
    this.target = openPageTarget({ preferences, ...size, listen: (session, id) => this.#listen(session, id) }).then((target) => (this.#target = target))
    this.#load = new PageLoad(this.target.then(({ session }) => session), (event, ...args) => this.#tell(event, ...args))
    this.#devTools = new DevTools(preferences.devTools, (event) => this.#tell(event))
    const schemeChanged = () => void this.target.then(({ session }) => showScheme(session)).catch(() => undefined)
    happenings.on('dark', schemeChanged)
    this.once('destroyed', () => happenings.off('dark', schemeChanged))
    happenings.emit('contents-created', this.seen)
  }

  get session(): ElectronSession {
    return defaultSession as unknown as ElectronSession
  }

  get mainFrame() {
    return this.#frames.frame(this.#frames.main)
  }

  async loadURL(url: string, options: object = {}): Promise<void> {
    knownOptions('loadURL', options, [])
    return this.#load.begin(url)
  }

  loadFile(path: string, options: object = {}): Promise<void> {
    knownOptions('loadFile', options, [])
    return this.loadURL(pathToFileURL(resolve(path)).href)
  }

  reload(): void {
    void this.#load.again(this.#life)
  }

  getURL(): string {
    return this.#load.url
  }

  getTitle(): string {
    return this.#load.title
  }

  getType() {
    return 'window' as const
  }

  isLoading(): boolean {
    return this.#load.isLoading
  }

  isCrashed(): boolean {
    return this.#life.crashed
  }

  isDestroyed(): boolean {
    return this.#life.ended
  }

  isFocused(): boolean {
    return !this.#life.ended
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

  setWindowOpenHandler(handler: OpenHandler): void {
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
    this.#devTools.open()
  }

  closeDevTools(): void {
    this.#devTools.close()
  }

  toggleDevTools(): void {
    if (this.#devTools.isOpen) this.closeDevTools()
    else this.openDevTools()
  }

  isDevToolsOpened(): boolean {
    return this.#devTools.isOpen
  }

  close(options: object = {}): void {
    knownOptions('WebContents.close', options, ['waitForBeforeUnload'])
    ;(this.owner as { close(): void } | null)?.close()
  }

  /** Ends the page with its window. */
  destroy(): void {
    if (this.#life.ended) return
    this.#life.end()
    all.splice(all.indexOf(this), 1)
    this.#line?.end()
    void this.target.then(async ({ id }) => (await chromium).send('Target.closeTarget', { targetId: id })).catch(() => undefined)
    this.emit('destroyed')
  }

  /** A window that the page wants opened, whichever way. */
  openWindow(wished: WishedWindow): void {
    openByHandler(this.#openHandler, wished, this.getURL())
  }

  /** Called before anything can happen in the page. */
  #listen(session: Session, id: string): void {
    const { seen: contents, ipc } = this
    const frames = this.#frames
    frames.follow(session, id)
    this.#line = connectPage(session, {
      contents, ipc, frames,
      openWindow: (url, frameName, features) => this.openWindow({ url, frameName, features }),
      preloadFailed: (error) => {
        process.stderr.write(`Unable to load preload script: ${error.stack ?? error.message}\n`)
        this.emit('preload-error', {}, this.preferences.preload, error)
      },
    })
    tellOfDownloads(session, contents)
    askAboutNavigations(session, { contents, main: id, frame: (id) => frames.frame(id), isOwn: (url) => this.#load.isOwn(url), tell: (event, ...args) => this.#tell(event, ...args) })
    this.#life.follow(session, { crashed: () => this.#gone(), hang: (event) => this.#tell(event) })
    this.#load.follow(session, id)
    session.on('Runtime.consoleAPICalled', ({ type, args }) => this.#tell('console-message', { level: type === 'warning' ? 'warning' : type === 'error' ? 'error' : 'info', message: args.map(({ value, description }) => String(value ?? description ?? '')).join(' ') }))
  }

  /** Of a page that has ended nothing is told any more. */
  #tell(event: string, ...args: unknown[]): void {
    if (!this.#life.ended) this.emit(event, ...args)
  }

  #gone(): void {
    this.#line?.end()
    const details = { reason: 'crashed', exitCode: 133 }
    this.emit('render-process-gone', {}, details)
    happenings.emit('render-process-gone', this.seen, details)
  }
}

export const webContents = strict('webContents', {
  getAllWebContents: () => all.map(({ seen }) => seen),
  fromId: (id: number) => all.find((one) => one.id === id)?.seen,
  fromDevToolsTargetId: (targetId: string) => contentsOf(targetId)?.seen,
})

/** The page of Chromium's target, as the stand-in itself knows it. */
export function contentsOf(targetId: string): StandInWebContents | undefined {
  return all.find((one) => {
    try {
      return one.getOrCreateDevToolsTargetId() === targetId
    } catch {
      return false
    }
  })
}
