import type { Session } from './cdp.ts'

/** Longer than a busy machine makes a healthy page wait; STAND_IN_HANG_MS says otherwise. */
const patienceMs = Number(process.env.STAND_IN_HANG_MS ?? 15_000)
const askEveryMs = Math.min(1000, patienceMs / 4)

/** Tells `unresponsive` when the page's thread has not answered for a while, and `responsive` when it does again. */
export function watchForHang(session: Session, page: { isWatched(): boolean; tell(event: 'unresponsive' | 'responsive'): void }): void {
  let askedAt: number | null = null
  let told = false
  const timer = setInterval(() => {
    if (!page.isWatched()) {
      askedAt = null
      return
    }
    if (askedAt === null) {
      askedAt = performance.now()
      const answered = () => {
        askedAt = null
        if (told) page.tell('responsive')
        told = false
      }
      void session.send('Runtime.evaluate', { expression: '1' }).then(answered, answered)
    } else if (!told && performance.now() - askedAt > patienceMs) {
      told = true
      page.tell('unresponsive')
    }
  }, askEveryMs)
  timer.unref()
}
