import type { App } from 'electron'
import { getPath, setLogsPath, setPath } from './app-paths.ts'
import { commandLine } from './command-line-switches.ts'
import { preventable, StandInEmitter } from './emitter.ts'
import { protocolReady } from './protocol.ts'
import { SingleInstance } from './single-instance.ts'
import { happenings, openWindows, thePlace } from './stand-in-state.ts'
import { knownOptions, strict } from './strict.ts'
import { enableSandbox } from './web-preferences.ts'

const events = [
  'ready', 'will-finish-launching', 'before-quit', 'will-quit', 'quit', 'window-all-closed', 'second-instance', 'browser-window-created', 'browser-window-focus', 'browser-window-blur', 'web-contents-created', 'render-process-gone', 'child-process-gone',
  // Of other systems, or of what never happens here.
  'activate', 'open-file', 'open-url', 'certificate-error', 'login', 'select-client-certificate', 'gpu-info-update', 'session-created', 'accessibility-support-changed',
]

type Members =
  | 'quit' | 'exit' | 'relaunch' | 'whenReady' | 'isReady' | 'getAppPath' | 'getPath' | 'setPath' | 'setAppLogsPath' | 'getVersion' | 'getName' | 'setName' | 'name' | 'isPackaged' | 'commandLine' | 'enableSandbox' | 'getLocale' | 'getSystemLocale' | 'getPreferredSystemLanguages'
  | 'requestSingleInstanceLock' | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock' | 'setAboutPanelOptions' | 'showAboutPanel' | 'setAppUserModelId' | 'setDesktopName' | 'focus' | 'disableHardwareAcceleration' | 'setBadgeCount' | 'getBadgeCount' | 'isDefaultProtocolClient'

class StandInApp extends StandInEmitter implements Pick<App, Exclude<Members, 'focus'>> {
  readonly commandLine = commandLine as unknown as App['commandLine']
  /** Only macOS has a dock. */
  readonly dock = undefined
  /** What the application asked of the system, for tests. */
  readonly recorded = { relaunches: [] as object[], aboutPanel: {} as object, aboutPanelShown: 0, userModelId: '', desktopName: '' }
  #name: string | null = null
  #isReady = false
  #quitting: 'no' | 'closing' | 'gone' = 'no'
  #badge = 0
  #instance: SingleInstance | null = null
  #ready: { promise: Promise<void>; resolve(): void }

  constructor() {
    super('app', events)
    this.#ready = Promise.withResolvers<void>()
    happenings.on('window-created', (window: object) => this.emit('browser-window-created', {}, window))
    happenings.on('contents-created', (contents: object) => this.emit('web-contents-created', {}, contents))
    happenings.on('focus', (window: object) => this.emit('browser-window-focus', {}, window))
    happenings.on('blur', (window: object) => this.emit('browser-window-blur', {}, window))
    happenings.on('render-process-gone', (contents: object, details: object) => this.emit('render-process-gone', {}, contents, details))
    happenings.on('window-closed', () => openWindows.length === 0 && setImmediate(() => this.#lastWindowClosed()))
  }

  get name(): string {
    return this.#name ?? thePlace().name
  }

  set name(name: string) {
    this.#name = name
  }

  get isPackaged(): boolean {
    return thePlace().packaged
  }

  getName(): string {
    return this.name
  }

  setName(name: string): void {
    this.name = name
  }

  getVersion(): string {
    return thePlace().version
  }

  getAppPath(): string {
    return thePlace().appPath
  }

  getPath(name: Parameters<App['getPath']>[0]): string {
    return getPath(name)
  }

  setPath(name: string, path: string): void {
    setPath(name, path)
  }

  setAppLogsPath(path?: string): void {
    setLogsPath(path)
  }

  getLocale(): string {
    return 'en-US'
  }

  getSystemLocale(): string {
    return 'en-US'
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US']
  }

  isReady(): boolean {
    return this.#isReady
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  /** Only in the stand-in: Chromium answers, and the main script has run. */
  becomeReady(): void {
    this.#isReady = true
    protocolReady()
    this.emit('will-finish-launching')
    this.emit('ready', {}, {})
    this.#ready.resolve()
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
    enableSandbox()
  }

  disableHardwareAcceleration(): void {
    if (this.#isReady) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready')
  }

  requestSingleInstanceLock(data: object = {}): boolean {
    this.#instance ??= new SingleInstance(getPath('userData'))
    return this.#instance.take({ argv: process.argv, cwd: process.cwd(), data }, (second) => {
      this.emit('second-instance', {}, second.argv, second.cwd, second.data)
    })
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance?.held ?? false
  }

  releaseSingleInstanceLock(): void {
    this.#instance?.release()
  }

  /** before-quit, close of each window, will-quit, quit: each but the last can be prevented. */
  quit(): void {
    if (this.#quitting !== 'no') return
    const event = preventable({})
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this.#quitting = 'closing'
    for (const window of openWindows.slice()) window.close()
    if (openWindows.length === 0) setImmediate(() => this.#leave())
    else this.#quitting = 'no'
  }

  exit(code = 0): void {
    if (this.#quitting === 'gone') return
    this.#quitting = 'gone'
    for (const window of openWindows.slice()) window.destroy()
    this.#end(code)
  }

  relaunch(options: object = {}): void {
    knownOptions('relaunch', options, ['args', 'execPath'])
    this.recorded.relaunches.push(options)
  }

  focus(options: object = {}): void {
    knownOptions('app.focus', options, ['steal'])
    ;(openWindows[0]?.seen as { focus(): void } | undefined)?.focus()
  }

  setAboutPanelOptions(options: object): void {
    this.recorded.aboutPanel = options
  }

  showAboutPanel(): void {
    this.recorded.aboutPanelShown++
  }

  setAppUserModelId(id: string): void {
    this.recorded.userModelId = id
  }

  setDesktopName(name: string): void {
    this.recorded.desktopName = name
  }

  setBadgeCount(count = 0): boolean {
    this.#badge = count
    return true
  }

  getBadgeCount(): number {
    return this.#badge
  }

  isDefaultProtocolClient(): boolean {
    return false
  }

  #lastWindowClosed(): void {
    if (openWindows.length > 0 || this.#quitting !== 'no') return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }

  #leave(): void {
    const event = preventable({})
    this.emit('will-quit', event)
    if (event.defaultPrevented) {
      this.#quitting = 'no'
      return
    }
    this.#quitting = 'gone'
    this.#end(0)
  }

  #end(code: number): void {
    this.emit('quit', {}, code)
    this.#instance?.release()
    process.exit(code)
  }
}

export const app = strict('app', new StandInApp())
