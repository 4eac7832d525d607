import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { extractAll } from '@electron/asar'

/** Node reads no archives: the application is run from a folder with the archive's content, which is kept for the next start. */
export function unpackedAsar(archive: string): string {
  const { mtimeMs, size, ino } = statSync(archive)
  const key = createHash('sha256').update(JSON.stringify([archive, mtimeMs, size, ino])).digest('hex').slice(0, 16)
  const kept = join(tmpdir(), `electron-stand-in-apps-${userInfo().uid}`, key)
  const folder = join(kept, 'resources', 'app.asar')
  if (existsSync(folder)) return folder
  mkdirSync(dirname(kept), { recursive: true, mode: 0o700 })
  const making = mkdtempSync(`${kept}.`)
  const resources = join(making, 'resources')
  mkdirSync(resources)
  extractAll(archive, join(resources, 'app.asar'))
  if (existsSync(`${archive}.unpacked`)) symlinkSync(`${archive}.unpacked`, join(resources, 'app.asar.unpacked'))
  try {
    renameSync(making, kept)
  } catch (error) {
    // Another start was quicker.
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}
