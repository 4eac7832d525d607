import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './root.mjs'

/**
 * @typedef {{platform: NodeJS.Platform, env: NodeJS.ProcessEnv, uid: number | null, argv: readonly string[]}} Surroundings
 * @typedef {{name: 'browser', parts: ('renderer' | 'host')[], main: string}} BrowserHost
 * @typedef {{name: 'electron', parts: ('renderer' | 'electron')[], main: string, executable: string}} ElectronHost
 */

/**
 * Which host `npm start` starts: the desktop where it can run and its binary was fetched, else the browser host. Electron's
 * package is never required: requiring it downloads by itself.
 * @param {Surroundings} surroundings
 * @param {(...parts: string[]) => string} [at]
 * @returns {BrowserHost | ElectronHost}
 */
export function chooseHost(surroundings, at = inRoot) {
  const executable = canShowDesktop(surroundings, at) ? electronBinary(surroundings.env, at) : null
  if (executable === null) return { name: 'browser', parts: ['renderer', 'host'], main: 'dist/host/main.js' }
  return { name: 'electron', parts: ['renderer', 'electron'], main: 'dist/electron/main.js', executable }
}

/**
 * Could the desktop run here: with a display, not as root, built or with sources to build it from, and nobody asked for an
 * address (`--no-open`, `--port`)?
 * @param {Surroundings} surroundings
 * @param {(...parts: string[]) => string} at
 */
export function canShowDesktop({ platform, env, uid, argv }, at) {
  const display = platform === 'linux' ? Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY) : true
  const made = existsSync(at('dist', 'electron', 'main.js')) || existsSync(at('electron', 'main.ts'))
  return display && uid !== 0 && argv.length === 0 && made
}

/**
 * The desktop's binary, or null. Electron's package notes its name in `path.txt` when it has fetched it.
 * @param {NodeJS.ProcessEnv} env @param {(...parts: string[]) => string} at
 */
export function electronBinary(env, at) {
  const folder = at('node_modules', 'electron')
  const note = join(folder, 'path.txt')
  const named = env.ELECTRON_OVERRIDE_DIST_PATH
  if (!existsSync(note) && !named) return null
  const name = existsSync(note) ? readFileSync(note, 'utf8').trim() : 'electron'
  const executable = join(named || join(folder, 'dist'), name)
  return existsSync(executable) ? executable : null
}
