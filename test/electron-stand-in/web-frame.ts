import type { WebFrameMain } from 'electron'
import { fromChromium } from './protocol.ts'
import { strict } from './strict.ts'

interface FrameOf {
  frameUrl(id: string): string | null
  parentOf(id: string): string | null
  sendTo(channel: string, args: readonly unknown[], ports: readonly object[]): void
  evaluate(code: string): Promise<unknown>
}

type Members = 'url' | 'origin' | 'top' | 'parent' | 'name' | 'routingId' | 'processId' | 'frameTreeNodeId' | 'detached' | 'isDestroyed' | 'executeJavaScript' | 'send' | 'postMessage'

/** A frame of a page as `senderFrame` and `mainFrame` give it. `url` fixes what it showed when a message was sent. */
export function webFrame(of: FrameOf, id: string, url: string | null = null): WebFrameMain {
  const parent = of.parentOf(id)
  const address = () => fromChromium(url ?? of.frameUrl(id) ?? '')
  const members = {
    get url() {
      return address()
    },
    get origin() {
      const found = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+/i.exec(address())
      return found === null || address().startsWith('file:') ? 'null' : found[0]
    },
    get parent() {
      return parent === null ? null : webFrame(of, parent)
    },
    get top(): WebFrameMain {
      return parent === null ? seen : (webFrame(of, parent).top as WebFrameMain)
    },
    name: '',
    routingId: 1,
    processId: 1,
    frameTreeNodeId: 1,
    detached: false,
    isDestroyed: () => of.frameUrl(id) === null,
    executeJavaScript: (code: string) => of.evaluate(code),
    send: (channel: string, ...args: unknown[]) => of.sendTo(channel, args, []),
    postMessage: (channel: string, message: unknown, transfer: readonly object[] = []) => of.sendTo(channel, [message], transfer),
  } satisfies { [K in Members]: unknown } & Pick<WebFrameMain, 'send' | 'isDestroyed' | 'executeJavaScript'>
  const seen = strict('WebFrameMain', members) as unknown as WebFrameMain
  return seen
}
