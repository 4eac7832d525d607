import type { WebContents } from 'electron'
import { openOutside } from './open-outside.ts'
import { isOurPage } from './page-address.ts'

/** The window shows our page and no other, opens no further window, and holds no other page inside. */
export function stayOnPage(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    if (isOurPage(event.url)) return
    event.preventDefault()
    openOutside(event.url)
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
}
