import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll } from '@electron/asar'

/** Node reads no archives: the application is run from a folder with the archive's content, `app.asar` in a `temporary` one. */
export function unpackAsar(archive: string): { folder: string; temporary: string } {
  const temporary = mkdtempSync(join(tmpdir(), 'electron-stand-in-app-'))
  process.once('exit', () => rmSync(temporary, { recursive: true, force: true }))
  const resources = join(temporary, 'resources')
  mkdirSync(resources)
  const folder = join(resources, 'app.asar')
  extractAll(archive, folder)
  if (existsSync(`${archive}.unpacked`)) symlinkSync(`${archive}.unpacked`, `${folder}.unpacked`)
  return { folder, temporary }
}
