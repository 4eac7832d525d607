import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { pageAddress } from './page-address.ts'
import { webPreferences } from './web-preferences.ts'
import { keepsPlacesToItself, placeOn, placeToKeep, readPlace, smallestWindow, type WindowPlace } from './window-place.ts'

/** Opens the window where it was last time, with our page, and remembers where it is when it closes. `preload`: the file of the preload. */
export function openWindow(preload: string): BrowserWindow {
  const kept = readPlace(readKept())
  const asked = placeOn(kept, screens())
  const window = new BrowserWindow({
    ...asked,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: 'Firstnode',
    backgroundColor: background(),
    show: false,
    webPreferences: webPreferences({ preload, packaged: app.isPackaged }),
  })
  if (kept?.maximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  let shown = asked
  // By then the window manager has given it its place, and nobody can have moved it yet.
  window.once('focus', () => {
    if (!window.isMaximized()) shown = window.getBounds()
  })
  // X11 knows no other bounds of a window that opened like that.
  let wasNeverSmaller = kept?.maximized === true
  window.on('unmaximize', () => (wasNeverSmaller = false))
  window.on('close', () => {
    const maximized = window.isMaximized()
    const place = wasNeverSmaller && maximized ? asked : placeToKeep({ asked, shown, now: window.getNormalBounds() })
    keep(placesUnknown() ? { width: place.width, height: place.height, maximized } : { ...place, maximized })
  })
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(background())
  })
  // It ends early where the window closes, or the page is loaded anew, before it is there.
  window.loadURL(pageAddress).catch(() => undefined)
  return window
}

/** Brings the window to the front, as a second start does. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** The ground of the page in both schemes (`renderer/design/tokens.css`), so that nothing flashes before it is drawn. */
function background(): string {
  return nativeTheme.shouldUseDarkColors ? '#151412' : '#f6f5f1'
}

function screens() {
  const main = screen.getPrimaryDisplay()
  return [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea)
}

/** See `keepsPlacesToItself`. */
export function placesUnknown(): boolean {
  return keepsPlacesToItself(process.platform, process.env, app.commandLine.getSwitchValue('ozone-platform'))
}

function file(): string {
  return join(app.getPath('userData'), 'window.json')
}

function readKept(): string | null {
  try {
    return readFileSync(file(), 'utf8')
  } catch {
    return null
  }
}

function keep(place: WindowPlace): void {
  try {
    writeFileSync(file(), JSON.stringify(place))
  } catch {
    // Then it opens in the middle next time.
  }
}
