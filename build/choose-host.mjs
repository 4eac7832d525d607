import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './root.mjs'

/**
 * @typedef {{platform: NodeJS.Platform, env: NodeJS.ProcessEnv, uid: number | null, argv: readonly string[]}} Surroundings
 * @typedef {{name: 'browser', parts: ('renderer' | 'host')[], main: string}} BrowserHost
 * @typedef {{name: 'electron', parts: 'renderer'[], main: string, executable: string}} ElectronHost
 */

/** The desktop's main file, once the desktop is built. */
const desktopMain = 'dist/electron/main.js'

/**
 * Which host `npm start` starts: the desktop where it can run, with a display, not as root, its binary fetched and its main
 * file built, and nobody asked for an address (`--no-open`, `--port`); else the browser host. Electron's package is
 * never required: requiring it downloads by itself.
 * @param {Surroundings} surroundings
 * @param {(...parts: string[]) => string} [at]
 * @returns {BrowserHost | ElectronHost}
 */
export function chooseHost({ platform, env, uid, argv }, at = inRoot) {
  const browser = /** @type {BrowserHost} */ ({ name: 'browser', parts: ['renderer', 'host'], main: 'dist/host/main.js' })
  const display = platform === 'linux' ? Boolean(env.DISPLAY ?? env.WAYLAND_DISPLAY) : true
  if (!display || uid === 0 || argv.length > 0 || !existsSync(at(desktopMain))) return browser
  const executable = electronBinary(env, at)
  return executable === null ? browser : { name: 'electron', parts: ['renderer'], main: desktopMain, executable }
}

/**
 * Electron's package notes the name of its binary in `path.txt` when it has fetched it.
 * @param {NodeJS.ProcessEnv} env @param {(...parts: string[]) => string} at
 */
function electronBinary(env, at) {
  const folder = at('node_modules', 'electron')
  const note = join(folder, 'path.txt')
  if (!existsSync(note)) return null
  const executable = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), readFileSync(note, 'utf8').trim())
  return existsSync(executable) ? executable : null
}
