import type { DownloadItem, WebContents } from 'electron'
import { preventable } from './emitter.ts'
import type { Session } from './cdp.ts'
import { fromChromium } from './protocol.ts'
import { defaultSession } from './session.ts'
import { chromium } from './stand-in-state.ts'
import { strict } from './strict.ts'

/** A page that downloads is told of by the session's `will-download`; what a listener prevents or cancels is not kept. */
export function tellOfDownloads(session: Session, contents: WebContents): void {
  session.on('Page.downloadWillBegin', ({ guid, url, suggestedFilename }) => {
    const cancel = () => void chromium.then((browser) => browser.send('Browser.cancelDownload', { guid })).catch(() => undefined)
    const item = strict('DownloadItem', { getURL: () => fromChromium(url), getFilename: () => suggestedFilename, cancel } satisfies Pick<DownloadItem, 'getURL' | 'getFilename' | 'cancel'>)
    const event = preventable({})
    defaultSession.emit('will-download', event, item, contents)
    if (event.defaultPrevented) cancel()
  })
}
