import { readFileSync } from 'node:fs'
import { oneAtATime } from './one-at-a-time.mjs'
import { inRoot } from './root.mjs'
import { runNpm } from './run.mjs'

/**
 * @typedef {{version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean}} Locked
 * @typedef {Record<string, Locked>} Packages
 */

/**
 * Is everything that package-lock.json names in node_modules, in that version? npm keeps a list of what it put there.
 * @param {Packages} wanted @param {Packages} present
 * @returns {boolean} optional packages of other platforms may be absent
 */
export function matches(wanted, present) {
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    const there = present[path]
    return there === undefined ? optional === true : there.version === version
  })
}

/** @returns {boolean} */
export function isInstalled() {
  try {
    return matches(packagesOf(inRoot('package-lock.json')), packagesOf(inRoot('node_modules', '.package-lock.json')))
  } catch {
    return false
  }
}

/**
 * Runs `npm ci` where packages are missing or not those of package-lock.json. What it says goes to standard error.
 * @returns {Promise<boolean>} was anything installed?
 */
export async function ensureInstalled() {
  if (isInstalled()) return false
  return oneAtATime(async () => {
    if (isInstalled()) return false
    process.stderr.write('Installing packages (npm ci), once: about half a minute.\n')
    const status = await runNpm(['ci', '--loglevel=error'], { cwd: inRoot(), stdio: ['ignore', 2, 2] })
    if (status !== 0) throw new Error(`npm ci ended with status ${status}: see above. Firstnode needs its packages from the npm registry once.`)
    return true
  })
}

/** @param {string} file @returns {Packages} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}
