import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, clipboard } from 'electron'
import type { Desktop } from '../engine/host/desktop.ts'
import { createEngine, type Engine } from '../engine/router.ts'
import type { AppLog } from './app-log.ts'
import { createClipboard } from './clipboard.ts'
import { realClock } from './clock.ts'
import { systemDialogs } from './dialogs.ts'
import { accountOf } from './host-account.ts'
import { loadUpdater } from './load-updater.ts'
import type { MenuChoices } from './menu-choices.ts'
import { describeUnderWay } from './under-way.ts'
import { createUpdates, whyNoUpdates } from './updates.ts'

/** The engine with the window's own doors: dialogs, clipboard, menu, updates. `root`: two folders above what is built. */
export function carryEngine({ root, window, choices, log }: { root: string; window: () => BrowserWindow | null; choices: MenuChoices; log: AppLog }): Engine {
  const forgetful = createClipboard(clipboard, realClock, (cause) => log.note(`The clipboard could not be cleared: ${String(cause)}`))
  const updates = createUpdates({
    off: whyNoUpdates({ packaged: app.isPackaged, platform: process.platform, env: process.env }),
    load: loadUpdater,
    underWay: () => wouldBeGivenUp(engine),
    note: (line) => log.note(line),
  })
  const desktop: Desktop = { ...systemDialogs(window), ...forgetful, menuChoices: (signal) => choices.watch(signal), updates }
  const checkout = existsSync(join(root, 'engine')) ? root : null
  const engine = createEngine({ kind: 'electron', checkout, desktop, account: accountOf(log) })
  return engine
}

/** What ends with the application, in words; null where nothing does. */
export function wouldBeGivenUp(engine: Engine): string | null {
  const states = engine.underWay()
  return states.length === 0 ? null : describeUnderWay(states)
}
