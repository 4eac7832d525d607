import type { BrowserWindow, RenderProcessGoneDetails } from 'electron'
import type { Clock } from './clock.ts'

export interface AfterACrash {
  readonly clock: Pick<Clock, 'now'>
  note(line: string): void
  /** Asks whether a page that does not answer is to be loaded anew; `signal` aborts when it answers again. */
  askToReload(signal: AbortSignal): Promise<boolean>
  /** Asks, of a page that crashes again and again, whether to try once more; else the application ends. */
  askToTryAgain(): Promise<boolean>
  quit(): void
}

/** A page that crashes so often, within so many ms, is not simply loaded anew. */
const often = { times: 3, within: 60_000 }

/**
 * Brings the page back where it was, whether it crashed or hangs: its place is kept by the engine, in this process, where
 * the work goes on meanwhile.
 */
export function bringBack(window: Pick<BrowserWindow, 'on' | 'webContents'>, after: AfterACrash): void {
  const crashes: number[] = []
  let asking: AbortController | null = null

  window.webContents.on('render-process-gone', (_event, details: RenderProcessGoneDetails) => {
    if (details.reason === 'clean-exit') return
    after.note(`The page has gone (${details.reason}, ${details.exitCode}).`)
    asking?.abort()
    crashes.push(after.clock.now())
    void again()
  })
  window.on('unresponsive', () => void hung())
  window.on('responsive', () => asking?.abort())

  async function again(): Promise<void> {
    const lately = crashes.filter((time) => time > after.clock.now() - often.within)
    if (lately.length > often.times && !(await after.askToTryAgain())) return after.quit()
    window.webContents.reload()
  }

  async function hung(): Promise<void> {
    if (asking !== null) return
    after.note('The page does not answer.')
    asking = new AbortController()
    const reload = await after.askToReload(asking.signal)
    const answersAgain = asking.signal.aborted
    asking = null
    // It comes back as after a crash.
    if (reload && !answersAgain) window.webContents.forcefullyCrashRenderer()
  }
}
