import type { BrowserWindow } from 'electron'
import { StandInEmitter } from './emitter.ts'
import { happenings } from './stand-in-state.ts'
import { knownOptions } from './strict.ts'

type Members = 'show' | 'showInactive' | 'hide' | 'isVisible' | 'focus' | 'blur' | 'isFocused' | 'moveTop' | 'setProgressBar' | 'flashFrame' | 'setOverlayIcon'

let focused: AttentiveWindow | null = null

/** What of a window draws somebody's eye: that it is shown, that it is in front, and what the taskbar or dock shows of it. */
export abstract class AttentiveWindow extends StandInEmitter implements Pick<BrowserWindow, Members> {
  abstract readonly seen: BrowserWindow
  /** What the taskbar or dock would show. */
  readonly recorded = { progress: -1, progressMode: 'normal', flashing: false }
  #visible: boolean

  constructor(visible: boolean, name: string, events: readonly string[]) {
    super(name, events)
    this.#visible = visible
  }

  abstract isMinimized(): boolean

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
    return this.#visible && !this.isMinimized()
  }

  focus(): void {
    if (focused === this || !this.isVisible()) return
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

  setProgressBar(progress: number, more: { mode?: string } = {}): void {
    knownOptions('setProgressBar', more, ['mode'])
    Object.assign(this.recorded, { progress, progressMode: more.mode ?? 'normal' })
  }

  flashFrame(flag: boolean): void {
    this.recorded.flashing = flag
  }

  setOverlayIcon(): void {}
}

/** A window that has gone is not in front; nobody is told. */
export function leaveFront(window: AttentiveWindow): void {
  if (focused === window) focused = null
}
