import { isAbsolute, join } from 'node:path'
import { app, type BrowserWindow, dialog, type OpenDialogOptions, shell } from 'electron'
import type { Desktop } from '../engine/host/desktop.ts'
import { writeText } from '../engine/host/write-text.ts'
import type { PickWish, SaveWish } from '../shared/contract/desktop.ts'

/** The system's own dialogs, over the window. `window` gives null where it is gone. */
export function systemDialogs(window: () => BrowserWindow | null): Pick<Desktop, 'pick' | 'saveText' | 'reveal'> {
  return {
    async pick(wish) {
      const options = openOptions(wish)
      const over = window()
      const { canceled, filePaths } = over === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(over, options)
      return canceled ? null : (filePaths[0] ?? null)
    },
    async saveText(wish) {
      const path = await askWhereTo(wish, window())
      if (path !== null) await writeText(path, wish.text, { secret: wish.secret === true, replace: true })
      return path
    },
    async reveal(path) {
      if (isAbsolute(path)) shell.showItemInFolder(path)
    },
  }
}

function openOptions({ what, title, from }: PickWish): OpenDialogOptions {
  const everything = { name: 'All files', extensions: ['*'] }
  return {
    title,
    // macOS shows no title.
    message: title,
    properties: what === 'folder' ? ['openDirectory'] : ['openFile'],
    ...(from === null ? {} : { defaultPath: from }),
    ...(what === 'archive' ? { filters: [{ name: 'Archives of Elasticsearch', extensions: ['tar.gz', 'tgz', 'gz', 'zip'] }, everything] } : {}),
  }
}

async function askWhereTo({ title, name }: SaveWish, over: BrowserWindow | null): Promise<string | null> {
  const options = { title, message: title, defaultPath: join(app.getPath('documents'), name) }
  const { canceled, filePath } = over === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(over, options)
  return canceled || filePath === '' ? null : filePath
}
