import type { Display, Screen } from 'electron'
import { StandInEmitter } from './emitter.ts'
import { strict } from './strict.ts'

const bounds = { x: 0, y: 0, width: 1920, height: 1080 }
/** The one display there is. */
export const primary = strict('Display', { id: 1, label: 'stand-in', bounds, workArea: { ...bounds, y: 24, height: 1056 }, size: { width: 1920, height: 1080 }, workAreaSize: { width: 1920, height: 1056 }, scaleFactor: 1, rotation: 0, internal: true } satisfies Partial<Display>)
const display = primary as unknown as Display

const members = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: () => display,
  getDisplayNearestPoint: () => display,
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
} satisfies Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'>

export const screen = strict('screen', Object.assign(new StandInEmitter('screen', ['display-added', 'display-removed', 'display-metrics-changed']), members))
