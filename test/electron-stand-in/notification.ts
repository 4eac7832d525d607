import type { Notification as ElectronNotification, NotificationConstructorOptions } from 'electron'
import { StandInEmitter } from './emitter.ts'
import { knownOptions, strict, strictClass } from './strict.ts'

/** A notification that nobody sees; a test finds it in `Notification.shown` and clicks by `emit('click')`. */
class StandInNotification extends StandInEmitter implements Pick<ElectronNotification, 'show' | 'close' | 'title' | 'body' | 'silent'> {
  static readonly shown: StandInNotification[] = []
  title: string
  body: string
  silent: boolean
  readonly seen: object

  constructor(options: NotificationConstructorOptions = {}) {
    super('Notification', ['show', 'click', 'close', 'failed'])
    knownOptions('Notification', options, ['title', 'body', 'silent', 'icon', 'urgency', 'timeoutType'])
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
    this.seen = strict('Notification', this)
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    StandInNotification.shown.push(this)
    setImmediate(() => this.emit('show', {}))
  }

  close(): void {
    setImmediate(() => this.emit('close', {}))
  }
}

export const Notification = strictClass('Notification', StandInNotification, (made) => (made as StandInNotification).seen)
