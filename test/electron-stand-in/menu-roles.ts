import type { BrowserWindow, MenuItemConstructorOptions } from 'electron'
import { app } from './app.ts'
import { NotInStandIn } from './strict.ts'

export interface Role {
  readonly label: string
  readonly accelerator: string | null
  readonly submenu?: MenuItemConstructorOptions[]
  act(window: BrowserWindow | undefined): void
}

const nothing = () => {}
const plain = (label: string, accelerator: string | null, act: Role['act'] = nothing): Role => ({ label, accelerator, act })
const edits = (command: string): Role['act'] => (window) => void window?.webContents.executeJavaScript(`document.execCommand(${JSON.stringify(command)})`, true)
const folder = (label: string, roles: readonly string[]): Role => ({ label, accelerator: null, act: nothing, submenu: roles.map((role) => ({ role }) as MenuItemConstructorOptions) })
const zoom = (change: (factor: number) => number): Role['act'] => (window) => window?.webContents.setZoomFactor(change(window.webContents.getZoomFactor()))

const roles: Readonly<Record<string, Role>> = {
  undo: plain('Undo', 'CommandOrControl+Z', edits('undo')),
  redo: plain('Redo', 'CommandOrControl+Y', edits('redo')),
  cut: plain('Cut', 'CommandOrControl+X', edits('cut')),
  copy: plain('Copy', 'CommandOrControl+C', edits('copy')),
  paste: plain('Paste', 'CommandOrControl+V', edits('paste')),
  pasteandmatchstyle: plain('Paste and Match Style', 'Shift+CommandOrControl+V', edits('paste')),
  delete: plain('Delete', null, edits('delete')),
  selectall: plain('Select All', 'CommandOrControl+A', edits('selectAll')),
  reload: plain('Reload', 'CmdOrCtrl+R', (window) => window?.reload()),
  forcereload: plain('Force Reload', 'Shift+CmdOrCtrl+R', (window) => window?.reload()),
  toggledevtools: plain('Toggle Developer Tools', 'Ctrl+Shift+I', (window) => window?.webContents.toggleDevTools()),
  resetzoom: plain('Actual Size', 'CommandOrControl+0', zoom(() => 1)),
  zoomin: plain('Zoom In', 'CommandOrControl+Plus', zoom((factor) => factor * 1.2)),
  zoomout: plain('Zoom Out', 'CommandOrControl+-', zoom((factor) => factor / 1.2)),
  togglefullscreen: plain('Toggle Full Screen', 'F11', (window) => window?.setFullScreen(!window.isFullScreen())),
  minimize: plain('Minimize', 'CommandOrControl+M', (window) => window?.minimize()),
  close: plain('Close Window', 'CommandOrControl+W', (window) => window?.close()),
  quit: plain('Quit', 'CommandOrControl+Q', () => app.quit()),
  about: plain('About', null, () => app.showAboutPanel()),
  hide: plain('Hide', 'Command+H'),
  hideothers: plain('Hide Others', 'Command+Alt+H'),
  unhide: plain('Show All', null),
  front: plain('Bring All to Front', null),
  zoom: plain('Zoom', null, (window) => window?.maximize()),
  window: folder('Window', []),
  help: folder('Help', []),
  services: folder('Services', []),
  appmenu: folder('Application', ['about', 'services', 'hide', 'hideOthers', 'unhide', 'quit']),
  filemenu: folder('File', [process.platform === 'darwin' ? 'close' : 'quit']),
  editmenu: folder('Edit', ['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll']),
  viewmenu: folder('View', ['reload', 'forceReload', 'toggleDevTools', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen']),
  windowmenu: folder('Window', ['minimize', 'zoom', 'close']),
}

export function roleOf(name: string): Role {
  const role = roles[name.toLowerCase()]
  if (role === undefined) throw new NotInStandIn(`menu role "${name}"`)
  return role
}
