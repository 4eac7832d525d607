import type { WebPreferences } from 'electron'

/** How the page is kept apart: from Node, from the preload, from the system. `packaged`: a build that somebody installed. */
export function webPreferences({ preload, packaged }: { preload: string; packaged: boolean }): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    devTools: !packaged,
    spellcheck: false,
  }
}
