import type { Session } from './cdp.ts'
import { watchForHang } from './hang-watch.ts'

/** Whether a page lives: it crashes, hangs, comes back when something is loaded in it, and ends with its window. */
export class PageLife {
  #crashed = false
  #ended = false

  get crashed(): boolean {
    return this.#crashed
  }

  get ended(): boolean {
    return this.#ended
  }

  end(): void {
    this.#ended = true
  }

  follow(session: Session, told: { crashed(): void; hang(event: 'unresponsive' | 'responsive'): void }): void {
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#crashed = false
    })
    session.on('Inspector.targetCrashed', () => {
      this.#crashed = true
      told.crashed()
    })
    watchForHang(session, { isWatched: () => !this.#crashed && !this.#ended, tell: (event) => told.hang(event) })
  }
}
