import { app, Menu, shell } from 'electron'
import type { MenuChoices } from './menu-choices.ts'
import { menuTemplate } from './menu.ts'
import { openOutside } from './open-outside.ts'
import { outsideLinks } from './outside-links.ts'

/** Puts the menu in place. `logFolder`: what "Show the log" shows. */
export function setMenu(choices: MenuChoices, logFolder: string): void {
  const actions = {
    about: () => choices.choose('about'),
    diagnostics: () => choices.choose('diagnostics'),
    openFolder: () => choices.choose('open-folder'),
    showLog: () => void shell.openPath(logFolder),
    documentation: () => openOutside(outsideLinks.documentation),
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform: process.platform, packaged: app.isPackaged }, actions)))
}
