import type { Connection } from './cdp.ts'
import { StandInEmitter } from './emitter.ts'

/** What the rooms of the stand-in share: Chromium, the windows, and who listens. */
export interface OpenWindow {
  readonly seen: object
  close(): void
  destroy(): void
  isDestroyed(): boolean
}

export const openWindows: OpenWindow[] = []

/** Told of what `app` tells on: windows and pages that come and go. */
export const happenings = new StandInEmitter('the stand-in', ['window-created', 'window-closed', 'contents-created', 'focus', 'blur', 'render-process-gone', 'dark', 'quit-asked'])
happenings.setMaxListeners(0)

let connected: ((chromium: Connection) => void) | null = null
/** Chromium, once it answers. */
export const chromium: Promise<Connection> = new Promise((resolve) => (connected = resolve))

export function chromiumIs(connection: Connection): void {
  connected?.(connection)
}

export interface Place {
  /** the executable */
  readonly exe: string
  /** the folder (or file) of the application */
  readonly appPath: string
  readonly packaged: boolean
  readonly resources: string
  readonly name: string
  readonly version: string
  readonly switches: Map<string, string>
}

let place: Place | null = null

export function placeIs(given: Place): void {
  place = given
}

export function thePlace(): Place {
  if (place === null) throw new Error('The stand-in for Electron runs applications: start it by its executable.')
  return place
}
