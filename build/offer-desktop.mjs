import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { canShowDesktop, electronBinary } from './choose-host.mjs'
import { nodeExecutable } from './node-runtime.mjs'
import { inRoot } from './root.mjs'
import { run } from './run.mjs'

/**
 * @typedef {import('./choose-host.mjs').Surroundings} Surroundings
 * @typedef {(...parts: string[]) => string} At
 */

/** That somebody was asked: once is enough. */
const askedNote = 'dist/.desktop-asked'

/**
 * Is somebody to be asked whether the desktop's binary should be fetched: a terminal to answer on, a display to show it, a
 * checkout that has sources for it, and nobody asked before?
 * @param {Surroundings & {terminal: boolean}} surroundings
 * @param {At} [at]
 */
export function mayOffer({ terminal, ...surroundings }, at = inRoot) {
  return terminal && !surroundings.env.CI && canShowDesktop(surroundings, at) && electronBinary(surroundings.env, at) === null && !existsSync(at(askedNote))
}

/**
 * Asks, once, whether Electron is to be fetched, and fetches it after a yes, by Electron's own install module in a process of
 * its own. What goes wrong is said, and the browser is there all the same.
 * @param {At} [at]
 */
export async function offerDesktop(at = inRoot) {
  mkdirSync(at('dist'), { recursive: true })
  writeFileSync(at(askedNote), '')
  if (!(await agrees())) return say('Then in the browser. Remove dist/.desktop-asked to be asked again.\n')
  const status = await fetchElectron(at)
  say(status === 0 ? 'Fetched.\n' : 'Electron could not be fetched: see above. Firstnode goes on in the browser; remove dist/.desktop-asked to be asked again.\n')
}

async function agrees() {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question('Firstnode can open in a window of its own. That needs Electron, about 120 MB from GitHub, once;\nwithout it the wizard opens in the browser, and can do the same. Fetch Electron? [y/N] ')
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}

/** @param {At} at @returns {Promise<number>} the exit status */
async function fetchElectron(at) {
  // Its own bar comes after half a minute only: what it has fetched lies here meanwhile.
  const folder = mkdtempSync(join(tmpdir(), 'firstnode-electron-'))
  const timer = setInterval(() => say(`\rFetching Electron: ${Math.round(bytesIn(folder) / 1e6)} MB `), 500)
  try {
    const env = { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder, ELECTRON_GET_NO_PROGRESS: '1' }
    return await run(nodeExecutable(), [at('node_modules', 'electron', 'install.js')], { cwd: at(), stdio: ['ignore', 2, 2], env })
  } finally {
    clearInterval(timer)
    say('\n')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} folder @returns {number} */
function bytesIn(folder) {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  } catch {
    // It is moved to the cache at the end.
    return 0
  }
}

/** @param {string} text */
function say(text) {
  process.stderr.write(text)
}
