import type { MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  readonly about: () => void
  readonly diagnostics: () => void
  readonly openFolder: () => void
  readonly showLog: () => void
  readonly documentation: () => void
}

/** The menu as each system has it: on macOS one of the application comes first, elsewhere About is under Help and Quit under File. */
export function menuTemplate(at: { platform: NodeJS.Platform; packaged: boolean }, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = at.platform === 'darwin'
  const about: MenuItemConstructorOptions = { id: 'about', label: 'About Firstnode and its licences', click: actions.about }
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const application: MenuItemConstructorOptions = {
    label: 'Firstnode',
    submenu: [about, line, { role: 'services' }, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, line, { role: 'quit' }],
  }
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      { id: 'open-folder', label: 'Open a folder of Elasticsearch…', accelerator: 'CmdOrCtrl+O', click: actions.openFolder },
      line,
      mac ? { role: 'close' } : { role: 'quit' },
    ],
  }
  const edit: MenuItemConstructorOptions = {
    label: '&Edit',
    submenu: [{ role: 'undo' }, { role: 'redo' }, line, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      { role: 'reload' },
      line,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      line,
      { role: 'togglefullscreen' },
      ...(at.packaged ? [] : [line, { role: 'toggleDevTools' } as const]),
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      { id: 'documentation', label: 'Elasticsearch documentation', click: actions.documentation },
      line,
      { id: 'diagnostics', label: 'Copy diagnostics…', click: actions.diagnostics },
      { id: 'log-folder', label: 'Show the log of Firstnode', click: actions.showLog },
      ...(mac ? [] : [line, about]),
    ],
  }
  return [...(mac ? [application] : []), file, edit, view, ...(mac ? [{ role: 'windowMenu' } as const] : []), help]
}
