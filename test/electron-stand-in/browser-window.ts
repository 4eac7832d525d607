import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions } from 'electron'
import { preventable } from './emitter.ts'
import { happenings, openWindows } from './stand-in-state.ts'
import { knownOptions, strict, strictClass } from './strict.ts'
import { StandInWebContents } from './web-contents.ts'
import { readPreferences } from './web-preferences.ts'
import { leaveFront } from './window-attention.ts'
import { PlacedWindow } from './window-bounds.ts'

const events = [
  'close', 'closed', 'ready-to-show', 'show', 'hide', 'focus', 'blur', 'minimize', 'restore', 'maximize', 'unmaximize', 'resize', 'resized', 'move', 'moved', 'enter-full-screen', 'leave-full-screen',
  'page-title-updated', 'unresponsive', 'responsive', 'session-end', 'query-session-end',
]
const options = [
  'x', 'y', 'width', 'height', 'minWidth', 'minHeight', 'show', 'title', 'icon', 'backgroundColor', 'webPreferences', 'autoHideMenuBar', 'center', 'useContentSize', 'resizable', 'titleBarStyle', 'fullscreenable', 'maximizable', 'minimizable', 'darkTheme', 'paintWhenInitiallyHidden', 'acceptFirstMouse',
] as const satisfies readonly (keyof BrowserWindowConstructorOptions)[]

type Members =
  | 'loadURL' | 'loadFile' | 'reload' | 'close' | 'destroy' | 'isDestroyed' | 'getTitle' | 'setTitle' | 'setBackgroundColor' | 'getBackgroundColor' | 'setMenuBarVisibility' | 'isMenuBarVisible' | 'setAutoHideMenuBar' | 'isMenuBarAutoHide'
  | 'setMenu' | 'removeMenu' | 'setIcon'

const all: StandInWindow[] = []

/** A window: its page is real, its frame is not drawn. What the system would show of it is kept in `recorded`. */
export class StandInWindow extends PlacedWindow implements Pick<ElectronWindow, Members> {
  readonly id: number
  readonly webContents: StandInWebContents['seen']
  readonly seen: ElectronWindow
  readonly #contents: StandInWebContents
  #destroyed = false
  #title: string
  #background: string
  #menuBar = { visible: true, autoHide: false }

  constructor(given: BrowserWindowConstructorOptions = {}) {
    knownOptions('BrowserWindow', given, options)
    super(given, 'BrowserWindow', events)
    this.#title = given.title ?? ''
    this.#background = given.backgroundColor ?? '#FFF'
    this.#menuBar.autoHide = given.autoHideMenuBar ?? false
    this.seen = strict('BrowserWindow', this) as unknown as ElectronWindow
    const { width, height } = this.getBounds()
    this.#contents = new StandInWebContents(readPreferences(given.webPreferences ?? {}), { width, height })
    this.#contents.owner = this
    this.webContents = this.#contents.seen
    this.id = this.#contents.id
    this.#contents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.#contents.on('unresponsive', () => this.emit('unresponsive'))
    this.#contents.on('responsive', () => this.emit('responsive'))
    this.#contents.on('page-title-updated', (event: { defaultPrevented: boolean }, title: string, explicit: boolean) => {
      this.emit('page-title-updated', event, title, explicit)
      if (!event.defaultPrevented) this.#title = title
    })
    this.on('resize', () => this.#fit())
    all.push(this)
    openWindows.push(this)
    happenings.emit('window-created', this.seen)
    this.focus()
  }

  static getAllWindows(): ElectronWindow[] {
    return all.map(({ seen }) => seen)
  }

  static getFocusedWindow(): ElectronWindow | null {
    return all.find((one) => one.isFocused())?.seen ?? null
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
    leaveFront(this)
    all.splice(all.indexOf(this), 1)
    openWindows.splice(openWindows.indexOf(this), 1)
    this.#contents.destroy()
    this.emit('closed')
    happenings.emit('window-closed')
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  getTitle(): string {
    return this.#title
  }

  setTitle(title: string): void {
    this.#title = title
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

  /** The page gets the room that the window has. */
  #fit(): void {
    const { width, height } = this.getBounds()
    void this.#contents.target.then(({ session }) => session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 0, mobile: false })).catch(() => undefined)
  }
}

type Statics = Pick<typeof ElectronWindow, 'getAllWindows' | 'getFocusedWindow' | 'fromWebContents' | 'fromId'>
const checked: Omit<typeof StandInWindow, 'prototype'> & Statics = StandInWindow

export const BrowserWindow = strictClass('BrowserWindow', checked as unknown as Statics & (new (options?: BrowserWindowConstructorOptions) => ElectronWindow), (made) => (made as unknown as StandInWindow).seen)
