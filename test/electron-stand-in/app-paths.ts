import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { mkdirSync } from 'node:fs'
import { thePlace } from './stand-in-state.ts'

const set = new Map<string, string>()

/** `app.getPath`: the usual folders of Linux; `--user-data-dir` moves what the application keeps. */
export function getPath(name: string): string {
  const given = set.get(name)
  if (given !== undefined) return given
  const folder = folders[name]?.()
  if (folder === undefined) throw new Error(`Failed to get '${name}' path`)
  return folder
}

export function setPath(name: string, path: string): void {
  if (folders[name] === undefined) throw new Error(`Failed to set path: ${name}`)
  if (!isAbsolute(path)) throw new Error('Path must be absolute')
  if (name === 'userData') mkdirSync(path, { recursive: true })
  set.set(name, path)
}

export function setLogsPath(path?: string): void {
  set.set('logs', path ?? join(getPath('userData'), 'logs'))
}

const inHome = (variable: string, name: string) => () => process.env[variable] ?? join(homedir(), name)
const folders: Readonly<Record<string, () => string>> = {
  home: homedir,
  appData: inHome('XDG_CONFIG_HOME', '.config'),
  userData: () => {
    const asked = thePlace().switches.get('user-data-dir')
    return asked ? resolve(asked) : join(getPath('appData'), thePlace().name)
  },
  sessionData: () => getPath('userData'),
  temp: tmpdir,
  exe: () => thePlace().exe,
  module: () => thePlace().exe,
  desktop: inHome('XDG_DESKTOP_DIR', 'Desktop'),
  documents: inHome('XDG_DOCUMENTS_DIR', 'Documents'),
  downloads: inHome('XDG_DOWNLOAD_DIR', 'Downloads'),
  music: inHome('XDG_MUSIC_DIR', 'Music'),
  pictures: inHome('XDG_PICTURES_DIR', 'Pictures'),
  videos: inHome('XDG_VIDEOS_DIR', 'Videos'),
  logs: () => join(getPath('userData'), 'logs'),
  crashDumps: () => join(getPath('userData'), 'Crashpad'),
  assets: () => thePlace().resources,
}
