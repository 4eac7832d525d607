import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { preventable, StandInEmitter } from './emitter.ts'
import { primary } from './screen.ts'
import { happenings, openWindows } from './stand-in-state.ts'
import { knownOptions, strict, strictClass } from './strict.ts'
import { StandInWebContents } from './web-contents.ts'
import { readPreferences } from './web-preferences.ts'

const events = [
  'close', 'closed', 'ready-to-show', 'show', 'hide', 'focus', 'blur', 'minimize', 'restore', 'maximize', 'unmaximize', 'resize', 'resized', 'move', 'moved', 'enter-full-screen', 'leave-full-screen',
  'page-title-updated', 'unresponsive', 'responsive', 'session-end', 'query-session-end',
]
const options = [
  'x', 'y', 'width', 'height', 'minWidth', 'minHeight', 'show', 'title', 'icon', 'backgroundColor', 'webPreferences', 'autoHideMenuBar', 'center', 'useContentSize', 'resizable', 'titleBarStyle', 'fullscreenable', 'maximizable', 'minimizable', 'darkTheme', 'paintWhenInitiallyHidden', 'acceptFirstMouse',
] as const satisfies readonly (keyof BrowserWindowConstructorOptions)[]

type Members =
  | 'id' | 'loadURL' | 'loadFile' | 'reload' | 'close' | 'destroy' | 'isDestroyed' | 'show' | 'showInactive' | 'hide' | 'isVisible' | 'focus' | 'blur' | 'isFocused' | 'minimize' | 'restore' | 'isMinimized' | 'maximize' | 'unmaximize' | 'isMaximized'
  | 'isFullScreen' | 'setFullScreen' | 'isNormal' | 'getBounds' | 'setBounds' | 'getNormalBounds' | 'getContentBounds' | 'getSize' | 'setSize' | 'getContentSize' | 'getPosition' | 'setPosition' | 'center' | 'getMinimumSize' | 'setMinimumSize'
  | 'getTitle' | 'setTitle' | 'setProgressBar' | 'flashFrame' | 'setBackgroundColor' | 'getBackgroundColor' | 'setMenuBarVisibility' | 'isMenuBarVisible' | 'setAutoHideMenuBar' | 'isMenuBarAutoHide' | 'setMenu' | 'removeMenu' | 'setIcon' | 'moveTop' | 'setOverlayIcon'

let focused: StandInWindow | null = null
const all: StandInWindow[] = []

/** A window: its page is real, its frame is not drawn. What the system would show of it is kept in `recorded`. */
export class StandInWindow extends StandInEmitter implements Omit<Pick<ElectronWindow, Members>, 'id'> {
  readonly id: number
  readonly webContents: StandInWebContents['seen']
  readonly seen: ElectronWindow
  /** What the taskbar or dock would show. */
  readonly recorded = { progress: -1, progressMode: 'normal', flashing: false }
  readonly #contents: StandInWebContents
  #bounds: Rectangle
  #minimum: [number, number]
  #state: 'normal' | 'minimized' | 'maximized' | 'fullscreen' = 'normal'
  #visible: boolean
  #destroyed = false
  #readyToShow = false
  #title: string
  #background: string
  #menuBar = { visible: true, autoHide: false }

  constructor(given: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', events)
    knownOptions('BrowserWindow', given, options)
    const { width = 800, height = 600 } = given
    const { workArea } = primary
    this.#bounds = { x: given.x ?? Math.round(workArea.x + (workArea.width - width) / 2), y: given.y ?? Math.round(workArea.y + (workArea.height - height) / 2), width, height }
    this.#minimum = [given.minWidth ?? 0, given.minHeight ?? 0]
    this.#title = given.title ?? ''
    this.#background = given.backgroundColor ?? '#FFF'
    this.#menuBar.autoHide = given.autoHideMenuBar ?? false
    this.#visible = given.show ?? true
    this.seen = strict('BrowserWindow', this) as unknown as ElectronWindow
    this.#contents = new StandInWebContents(readPreferences(given.webPreferences ?? {}), { width, height })
    this.#contents.owner = this
    this.webContents = this.#contents.seen
    this.id = this.#contents.id
    this.#contents.on('did-finish-load', () => this.#firstShown())
    this.#contents.on('unresponsive', () => this.emit('unresponsive'))
    this.#contents.on('responsive', () => this.emit('responsive'))
    this.#contents.on('page-title-updated', (event: { defaultPrevented: boolean }, title: string, explicit: boolean) => {
      this.emit('page-title-updated', event, title, explicit)
      if (!event.defaultPrevented) this.#title = title
    })
    all.push(this)
    openWindows.push(this)
    happenings.emit('window-created', this.seen)
    if (this.#visible) this.focus()
  }

  static getAllWindows(): ElectronWindow[] {
    return all.map(({ seen }) => seen)
  }

  static getFocusedWindow(): ElectronWindow | null {
    return focused?.seen ?? null
  }

  static fromWebContents(contents: object): ElectronWindow | null {
    return all.find(({ webContents }) => webContents === contents)?.seen ?? null
  }

  static fromId(id: number): ElectronWindow | null {
    return all.find((one) => one.id === id)?.seen ?? null
  }

  loadURL(url: string, more: object = {}): Promise<void> {
    return this.#contents.loadURL(url, more)
  }

  loadFile(path: string, more: object = {}): Promise<void> {
    return this.#contents.loadFile(path, more)
  }

  reload(): void {
    this.#contents.reload()
  }

  /** As the person's click on the cross: a listener can prevent it. */
  close(): void {
    if (this.#destroyed) return
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    if (focused === this) focused = null
    all.splice(all.indexOf(this), 1)
    openWindows.splice(openWindows.indexOf(this), 1)
    this.#contents.destroy()
    this.emit('closed')
    happenings.emit('window-closed')
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  show(): void {
    this.showInactive()
    this.focus()
  }

  showInactive(): void {
    if (this.#visible) return
    this.#visible = true
    this.emit('show')
  }

  hide(): void {
    if (!this.#visible) return
    this.#visible = false
    this.blur()
    this.emit('hide')
  }

  isVisible(): boolean {
    return this.#visible && this.#state !== 'minimized'
  }

  focus(): void {
    if (focused === this || !this.#visible || this.#state === 'minimized') return
    focused?.blur()
    focused = this // oxlint-disable-line typescript/no-this-alias -- which of the windows is in front
    this.recorded.flashing = false
    this.emit('focus', {})
    happenings.emit('focus', this.seen)
  }

  blur(): void {
    if (focused !== this) return
    focused = null
    this.emit('blur', {})
    happenings.emit('blur', this.seen)
  }

  isFocused(): boolean {
    return focused === this
  }

  moveTop(): void {}

  minimize(): void {
    if (this.#state === 'minimized') return
    this.blur()
    this.#change('minimized', 'minimize')
  }

  restore(): void {
    if (this.#state !== 'minimized') return
    this.#change('normal', 'restore')
    this.focus()
  }

  maximize(): void {
    if (this.#state === 'maximized') return
    this.#change('maximized', 'maximize')
    this.show()
  }

  unmaximize(): void {
    if (this.#state === 'maximized') this.#change('normal', 'unmaximize')
  }

  setFullScreen(flag: boolean): void {
    if (flag !== (this.#state === 'fullscreen')) this.#change(flag ? 'fullscreen' : 'normal', flag ? 'enter-full-screen' : 'leave-full-screen')
  }

  isMinimized(): boolean {
    return this.#state === 'minimized'
  }

  isMaximized(): boolean {
    return this.#state === 'maximized'
  }

  isFullScreen(): boolean {
    return this.#state === 'fullscreen'
  }

  isNormal(): boolean {
    return this.#state === 'normal'
  }

  getBounds(): Rectangle {
    if (this.#state === 'maximized') return { ...primary.workArea }
    return this.#state === 'fullscreen' ? { ...primary.bounds } : { ...this.#bounds }
  }

  getNormalBounds(): Rectangle {
    return { ...this.#bounds }
  }

  getContentBounds(): Rectangle {
    return this.getBounds()
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds
    const [width, height] = this.#minimum
    const wanted = { ...before, ...bounds }
    this.#bounds = { ...wanted, width: Math.max(width, wanted.width), height: Math.max(height, wanted.height) }
    this.#fit()
    if (before.width !== this.#bounds.width || before.height !== this.#bounds.height) for (const event of ['resize', 'resized']) this.emit(event)
    if (before.x !== this.#bounds.x || before.y !== this.#bounds.y) for (const event of ['move', 'moved']) this.emit(event)
  }

  getSize(): number[] {
    const { width, height } = this.getBounds()
    return [width, height]
  }

  getContentSize(): number[] {
    return this.getSize()
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  getPosition(): number[] {
    const { x, y } = this.getBounds()
    return [x, y]
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }

  center(): void {
    const { workArea } = primary
    this.setPosition(Math.round(workArea.x + (workArea.width - this.#bounds.width) / 2), Math.round(workArea.y + (workArea.height - this.#bounds.height) / 2))
  }

  getMinimumSize(): number[] {
    return [...this.#minimum]
  }

  setMinimumSize(width: number, height: number): void {
    this.#minimum = [width, height]
  }

  getTitle(): string {
    return this.#title
  }

  setTitle(title: string): void {
    this.#title = title
  }

  setProgressBar(progress: number, more: { mode?: string } = {}): void {
    knownOptions('setProgressBar', more, ['mode'])
    Object.assign(this.recorded, { progress, progressMode: more.mode ?? 'normal' })
  }

  flashFrame(flag: boolean): void {
    this.recorded.flashing = flag
  }

  getBackgroundColor(): string {
    return this.#background
  }

  setBackgroundColor(color: string): void {
    this.#background = color
  }

  setMenuBarVisibility(visible: boolean): void {
    this.#menuBar.visible = visible
  }

  isMenuBarVisible(): boolean {
    return this.#menuBar.visible
  }

  setAutoHideMenuBar(hide: boolean): void {
    this.#menuBar.autoHide = hide
  }

  isMenuBarAutoHide(): boolean {
    return this.#menuBar.autoHide
  }

  setMenu(): void {}

  removeMenu(): void {}

  setIcon(): void {}

  setOverlayIcon(): void {}

  #firstShown(): void {
    if (this.#readyToShow) return
    this.#readyToShow = true
    this.emit('ready-to-show')
  }

  #change(state: 'normal' | 'minimized' | 'maximized' | 'fullscreen', event: string): void {
    const size = this.getSize().join()
    this.#state = state
    this.#fit()
    this.emit(event)
    if (this.getSize().join() !== size) for (const one of ['resize', 'resized']) this.emit(one)
  }

  #fit(): void {
    const { width, height } = this.getBounds()
    void this.#contents.target.then(({ session }) => session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 0, mobile: false })).catch(() => undefined)
  }
}

type Statics = Pick<typeof ElectronWindow, 'getAllWindows' | 'getFocusedWindow' | 'fromWebContents' | 'fromId'>
const checked: Omit<typeof StandInWindow, 'prototype'> & Statics = StandInWindow

export const BrowserWindow = strictClass('BrowserWindow', checked as unknown as Statics & (new (options?: BrowserWindowConstructorOptions) => ElectronWindow), (made) => (made as unknown as StandInWindow).seen)
