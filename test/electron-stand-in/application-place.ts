import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type { Place } from './stand-in-state.ts'

/** The application to run and its main script. `words`: the command line behind the executable. `temporary`: a folder to remove at the end. */
export async function applicationPlace(asked: { exe: string; onlyFromAsar: boolean; words: readonly string[]; electronVersion: string }): Promise<{ place: Place; main: string; temporary: string | null }> {
  const { exe, onlyFromAsar, words, electronVersion } = asked
  const resources = join(dirname(exe), 'resources')
  const switches = switchesOf(words)
  const packed = join(resources, 'app.asar')
  const folder = join(resources, 'app')
  if (existsSync(packed) || (existsSync(folder) && !onlyFromAsar)) {
    const unpacked = existsSync(packed) ? (await import('./asar.ts')).unpackAsar(packed) : null
    const appPath = unpacked?.folder ?? folder
    const { name, version, main } = readPackage(appPath)
    return { place: { exe, appPath, packaged: true, resources, name, version: version ?? '', switches }, main: join(appPath, main), temporary: unpacked?.temporary ?? null }
  }
  const at = words.findIndex((word) => !word.startsWith('-'))
  const given = words[at]
  if (given === undefined) throw new Error(`The stand-in for Electron needs an application: ${exe} PATH`)
  const appPath = resolve(given)
  if (existsSync(appPath) && statSync(appPath).isDirectory()) {
    const { name, version, main } = readPackage(appPath)
    return { place: { exe, appPath, packaged: false, resources, name, version: version ?? electronVersion, switches }, main: join(appPath, main), temporary: null }
  }
  // As Electron's own start page does: a file alone has no name and no version of its own.
  const main = createRequire(join(process.cwd(), 'here.js')).resolve(appPath)
  return { place: { exe, appPath: dirname(main), packaged: false, resources, name: 'Electron', version: electronVersion, switches }, main, temporary: null }
}

function readPackage(folder: string): { name: string; version: string | null; main: string } {
  const path = join(folder, 'package.json')
  if (!existsSync(path)) throw new Error(`There is no application in ${folder}: it has no package.json.`)
  const read = JSON.parse(readFileSync(path, 'utf8')) as { name?: string; productName?: string; version?: string; main?: string }
  return { name: read.productName ?? read.name ?? 'Electron', version: read.version ?? null, main: read.main ?? 'index.js' }
}

function switchesOf(words: readonly string[]): Map<string, string> {
  return new Map(words.filter((word) => word.startsWith('--') && word.length > 2).map((word) => {
    const [name = '', ...value] = word.slice(2).split('=')
    return [name, value.join('=')]
  }))
}
