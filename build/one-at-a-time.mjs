import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { inRoot } from './root.mjs'

/** A lock whose process is gone, or that is older than this many ms, is nobody's. */
const forgottenAfter = 20 * 60_000

/**
 * Does `work` while no other process of this checkout installs or builds: two commands at once on a fresh clone are ordinary.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function oneAtATime(work) {
  const lock = inRoot('dist', '.lock')
  try {
    mkdirSync(inRoot('dist'), { recursive: true })
    while (!taken(lock)) await sleep(100)
  } catch (error) {
    throw new Error(`Firstnode has to install or build, and this account may not write in ${inRoot('dist')}. Run it once as the owner of the checkout.`, { cause: error })
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** @param {string} lock */
function taken(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
  }
  if (forgotten(lock)) {
    // Renamed before it is removed: of two that find it forgotten, one gets it.
    const aside = `${lock}.${process.pid}`
    try {
      renameSync(lock, aside)
      rmSync(aside, { force: true })
    } catch {}
  }
  return false
}

/** @param {string} lock */
function forgotten(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > forgottenAfter) return true
    const holder = Number(readFileSync(lock, 'utf8'))
    // Written a moment after it is made: an empty one belongs to somebody.
    return holder > 0 && !alive(holder)
  } catch {
    return false
  }
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
