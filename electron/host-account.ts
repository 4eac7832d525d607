import type { HostAccount } from '../engine/host/desktop.ts'
import type { AppLog } from './app-log.ts'

/** What this host tells of itself in About and in a report. */
export function accountOf(log: AppLog): HostAccount {
  const { electron, chrome, v8 } = process.versions
  return { log: () => log.newest(), logFolder: log.folder, versions: { Electron: electron, Chromium: chrome, V8: v8 } }
}
