import type { Updater } from './updates.ts'

/** electron-updater, read only when somebody asks for a new version. */
export async function loadUpdater(): Promise<Updater> {
  const { autoUpdater } = await import('electron-updater')
  // It would write to a console that nobody sees; what it says at last is noted by whoever asked.
  autoUpdater.logger = null
  return autoUpdater
}
