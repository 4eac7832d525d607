import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inRoot } from './root.mjs'

/**
 * @typedef {{platform: NodeJS.Platform, env: NodeJS.ProcessEnv, uid: number | null, argv: readonly string[]}} Surroundings
 * @typedef {{name: 'browser', parts: ('renderer' | 'host')[], main: string, why: string | null}} BrowserHost
 * @typedef {{name: 'electron', parts: ('renderer' | 'electron')[], main: string, executable: string}} ElectronHost
 */

/**
 * Which host `npm start` starts: the desktop where it can run and its binary was fetched, else the browser host. Electron's
 * package is never required: requiring it downloads by itself.
 * @param {Surroundings} surroundings
 * @param {(...parts: string[]) => string} [at]
 * @param {() => boolean} [namespaces] may an ordinary account make user namespaces?
 * @returns {BrowserHost | ElectronHost} `why`: what keeps a window from opening that the binary is here for
 */
export function chooseHost(surroundings, at = inRoot, namespaces = mayMakeNamespaces) {
  const executable = canShowDesktop(surroundings, at) ? electronBinary(surroundings.env, at) : null
  const why = executable !== null && surroundings.platform === 'linux' && !hasSandbox(executable, namespaces) ? noSandbox : null
  if (executable === null || why !== null) return { name: 'browser', parts: ['renderer', 'host'], main: 'dist/host/main.js', why }
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

const noSandbox =
  'Firstnode opens in the browser: Electron cannot use its sandbox here, because this system restricts user namespaces. ' +
  'To use a window instead, allow them: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0\n'

/**
 * Chromium's sandbox needs user namespaces (which Ubuntu 24.04 and later forbid what is in no profile of AppArmor), or a helper that root owns
 * with the set-user-ID bit. With neither, Electron ends with a FATAL line and shows no window.
 * @param {string} executable
 * @param {() => boolean} namespaces
 */
function hasSandbox(executable, namespaces) {
  const helper = statSync(join(dirname(executable), 'chrome-sandbox'), { throwIfNoEntry: false })
  return (helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0) || namespaces()
}

function mayMakeNamespaces() {
  const { error, status } = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' })
  // Without the program nobody knows, and Electron will tell.
  return error !== undefined || status === 0
}
