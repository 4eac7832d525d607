import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, session } from 'electron'
import type { Desktop } from '../engine/host/desktop.ts'
import { createEngine, type Engine } from '../engine/router.ts'
import type { AppLog } from './app-log.ts'
import type { ForgetfulClipboard } from './clipboard.ts'
import { systemDialogs } from './dialogs.ts'
import { accountOf } from './host-account.ts'
import { loadUpdater } from './load-updater.ts'
import type { MenuChoices } from './menu-choices.ts'
import { proxyOf } from './proxy-of.ts'
import { wouldBeGivenUp } from './under-way.ts'
import { addressOfReleases, createUpdates, whyNoUpdates } from './updates.ts'

export interface Doors {
  /** two folders above what is built */
  readonly root: string
  readonly window: () => BrowserWindow | null
  readonly clipboard: ForgetfulClipboard
  readonly choices: MenuChoices
  readonly log: AppLog
  /** puts everything back, then calls what it is given */
  readonly leaveFor: (last: () => void) => void
}

/** The engine with the window's own doors: dialogs, clipboard, menu, updates. */
export function carryEngine({ root, window, clipboard, choices, log, leaveFor }: Doors): Engine {
  const released = existsSync(join(process.resourcesPath, addressOfReleases))
  const updates = createUpdates({
    off: whyNoUpdates({ packaged: app.isPackaged, released, platform: process.platform, env: process.env }),
    load: loadUpdater,
    underWay: () => wouldBeGivenUp(engine),
    leaveFor,
    note: (line) => log.note(line),
  })
  const desktop: Desktop = { ...systemDialogs(window), ...clipboard, menuChoices: (signal) => choices.watch(signal), proxyFor: (address) => proxyOf(session.defaultSession, address), updates }
  const checkout = existsSync(join(root, 'engine')) ? root : null
  const engine = createEngine({ kind: 'electron', checkout, desktop, account: accountOf(log) })
  return engine
}
