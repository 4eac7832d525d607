import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { primary } from './screen.ts'
import { AttentiveWindow } from './window-attention.ts'

type Members =
  | 'minimize' | 'restore' | 'isMinimized' | 'maximize' | 'unmaximize' | 'isMaximized' | 'isFullScreen' | 'setFullScreen' | 'isNormal' | 'getBounds' | 'setBounds' | 'getNormalBounds' | 'getContentBounds'
  | 'getSize' | 'setSize' | 'getContentSize' | 'getPosition' | 'setPosition' | 'center' | 'getMinimumSize' | 'setMinimumSize'

/** Where a window is and how large: its own place, or what being minimized, maximized or all of the screen makes of it. */
export abstract class PlacedWindow extends AttentiveWindow implements Pick<BrowserWindow, Members> {
  #bounds: Rectangle
  #minimum: [number, number]
  #state: 'normal' | 'minimized' | 'maximized' | 'fullscreen' = 'normal'

  constructor(given: BrowserWindowConstructorOptions, name: string, events: readonly string[]) {
    super(given.show ?? true, name, events)
    const { width = 800, height = 600 } = given
    const { workArea } = primary
    this.#bounds = { x: given.x ?? Math.round(workArea.x + (workArea.width - width) / 2), y: given.y ?? Math.round(workArea.y + (workArea.height - height) / 2), width, height }
    this.#minimum = [given.minWidth ?? 0, given.minHeight ?? 0]
  }

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

  #change(state: 'normal' | 'minimized' | 'maximized' | 'fullscreen', event: string): void {
    const size = this.getSize().join()
    this.#state = state
    this.emit(event)
    if (this.getSize().join() !== size) for (const one of ['resize', 'resized']) this.emit(one)
  }
}
