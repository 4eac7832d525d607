import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { clipboard } from './clipboard.ts'
import { dialog } from './dialog.ts'
import { ipcMain } from './ipc.ts'
import { Menu, MenuItem } from './menu.ts'
import { MessageChannelMain as StandInChannel } from './message-ports.ts'
import { nativeTheme } from './native-theme.ts'
import { Notification } from './notification.ts'
import { protocol } from './protocol.ts'
import { screen } from './screen.ts'
import { session } from './session.ts'
import { shell } from './shell.ts'
import { powerMonitor, powerSaveBlocker } from './small-modules.ts'
import { strict, strictClass } from './strict.ts'
import { webContents } from './web-contents.ts'

const MessageChannelMain = strictClass('MessageChannelMain', StandInChannel, (made) => made)

/** What `require('electron')` gives in the main process. Each name is one that the real module has. */
const electron = strict('electron', {
  app, BrowserWindow, clipboard, dialog, ipcMain, Menu, MenuItem, MessageChannelMain, nativeTheme, Notification, powerMonitor, powerSaveBlocker, protocol, screen, session, shell, webContents,
} satisfies { [K in keyof typeof import('electron')]?: unknown })

export { app, BrowserWindow, clipboard, dialog, ipcMain, Menu, MenuItem, MessageChannelMain, nativeTheme, Notification, powerMonitor, powerSaveBlocker, protocol, screen, session, shell, webContents }
export { electron as 'module.exports' }
// oxlint-disable-next-line import/no-default-export -- the real module has one
export { electron as default }
