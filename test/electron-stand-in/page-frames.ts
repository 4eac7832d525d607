import type { WebFrameMain } from 'electron'
import type { Session } from './cdp.ts'
import { webFrame } from './web-frame.ts'

/** How the main process reaches into the page. */
export interface Reach {
  sendTo(channel: string, args: readonly unknown[], ports: readonly object[]): void
  evaluate(code: string): Promise<unknown>
}

/** The frames of a page: the page itself, and those inside it. */
export class PageFrames {
  readonly #reach: Reach
  readonly #known = new Map<string, { url: string; parent: string | null }>()
  #main = ''

  constructor(reach: Reach) {
    this.#reach = reach
  }

  /** The id of the page itself; empty before it is there. */
  get main(): string {
    return this.#main
  }

  /** A frame as `senderFrame` and `mainFrame` give it. `url` fixes what it showed when a message was sent. */
  frame(id: string, url: string | null = null): WebFrameMain {
    const of = {
      frameUrl: (id: string) => this.#known.get(id)?.url ?? null,
      parentOf: (id: string) => this.#known.get(id)?.parent ?? null,
      ...this.#reach,
    }
    return webFrame(of, id, url)
  }

  follow(session: Session, main: string): void {
    this.#main = main
    this.#known.set(main, { url: 'about:blank', parent: null })
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => this.#known.set(frameId, { url: '', parent: parentFrameId }))
    session.on('Page.frameDetached', ({ frameId }) => this.#known.delete(frameId))
    session.on('Page.frameNavigated', ({ frame }) => this.#known.set(frame.id, { url: frame.url + (frame.urlFragment ?? ''), parent: frame.parentId ?? null }))
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => this.#known.set(frameId, { url, parent: this.#known.get(frameId)?.parent ?? null }))
  }
}
