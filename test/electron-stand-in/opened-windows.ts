import type { HandlerDetails, WindowOpenHandlerResponse } from 'electron'
import { ownTargets } from './page-target.ts'
import { fromChromium, toChromium } from './protocol.ts'
import { chromium } from './stand-in-state.ts'

export type OpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse

export interface WishedWindow {
  readonly url: string
  readonly frameName: string
  readonly features: string
}

/** A window that a page wants opened, whichever way: the application's handler is asked. `from`: the page that wants it. */
export function openByHandler(handler: OpenHandler | null, { url, frameName, features }: WishedWindow, from: string): void {
  const address = fromChromium(url)
  const details = { url: address, frameName, features, disposition: 'foreground-tab', referrer: { url: from, policy: 'strict-origin-when-cross-origin' } } as HandlerDetails
  const answer = handler?.(details) ?? { action: 'allow' }
  if (answer.action === 'deny') return
  // Nothing of ours opens windows by a page: that one appears at all is what a test must see.
  void chromium.then((browser) => {
    const opened = browser.send('Target.createTarget', { url: toChromium(address), newWindow: true })
    return opened.then(({ targetId }) => ownTargets.add(targetId))
  })
}

/** Where a page opened a window in a way that its own script did not foresee, that is closed, and `ask` asks about it. `openerId`: the page. */
export async function watchOpenedTargets(ask: (openerId: string, wished: WishedWindow) => void): Promise<void> {
  const browser = await chromium
  browser.on('Target.targetCreated', ({ targetInfo }) => {
    const { openerId, targetId, type, url } = targetInfo
    if (type !== 'page' || openerId === undefined) return
    void browser.send('Target.closeTarget', { targetId }).then(() => ask(openerId, { url, frameName: '', features: '' }))
  })
  await browser.send('Target.setDiscoverTargets', { discover: true, filter: [{ type: 'page', exclude: false }] })
}
