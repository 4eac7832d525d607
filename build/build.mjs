import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { ensureInstalled } from './installed.mjs'
import { nodeExecutable } from './node-runtime.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { inRoot } from './root.mjs'
import { run } from './run.mjs'
import { stampOf } from './stamp.mjs'

/** What every build is made with. */
const making = ['build/licences.mjs', 'build/licence-texts', 'package-lock.json']
/** @param {readonly string[]} hosts @returns {Part} */
const program = (...hosts) => ({ sources: [...hosts, 'engine', 'shared', 'build/make-program.mjs', ...making], script: 'build/make-program.mjs' })

/**
 * What is built, from what, and by which script: it gets the folder to write to. A part is `dist/NAME`.
 * @typedef {{sources: readonly string[], script: string}} Part
 */
export const parts = /** @satisfies {Record<string, Part>} */ ({
  renderer: { sources: ['renderer', 'shared', 'build/vite.config.ts', 'build/make-page.mjs', ...making], script: 'build/make-page.mjs' },
  host: program('browser'),
  electron: program('electron'),
  'electron-commonjs': program('electron', 'build/older-electron'),
  cli: program('cli'),
  npm: program('browser', 'cli'),
})

/** @typedef {keyof typeof parts} PartName */

/** All parts but the one for the tests on an Electron that is older than the one that is shipped. @type {PartName[]} */
const shipped = ['renderer', 'host', 'electron', 'cli', 'npm']

/** In an installed package there is nothing to build from. */
const fromSources = existsSync(inRoot('package-lock.json'))

/**
 * Builds those of `names` whose sources changed since they were built, installing packages first where that is needed.
 * Says nothing on standard output. A part is replaced whole or not at all.
 * @param {readonly PartName[]} names
 * @returns {Promise<PartName[]>} what was built
 */
export async function ensureBuilt(names) {
  const stale = () => names.filter((name) => !isFresh(name))
  if (!fromSources || stale().length === 0) return []
  await ensureInstalled()
  return oneAtATime(async () => {
    const now = stale()
    // All of them end before the lock is given back, whichever fails.
    const ended = await Promise.allSettled(now.map(build))
    const failures = ended.filter((one) => one.status === 'rejected').map((one) => one.reason.message)
    if (failures.length > 0) throw new Error(failures.join('\n'))
    return now
  })
}

/** @param {PartName} name */
function isFresh(name) {
  try {
    return readFileSync(stampFile(name), 'utf8') === stampOf(parts[name].sources)
  } catch {
    return false
  }
}

/** @param {PartName} name */
async function build(name) {
  const stamp = stampOf(parts[name].sources)
  const making = inRoot('dist', `.${name}-${process.pid}`)
  const before = inRoot('dist', `.${name}-${process.pid}-before`)
  mkdirSync(making, { recursive: true })
  try {
    const status = await run(nodeExecutable(), [inRoot(parts[name].script), name, making], { cwd: inRoot(), stdio: ['ignore', 2, 2] })
    if (status !== 0) throw new Error(`Building ${name} failed (status ${status}): see above.`)
    rmSync(stampFile(name), { force: true })
    if (existsSync(inRoot('dist', name))) renameSync(inRoot('dist', name), before)
    renameSync(making, inRoot('dist', name))
    writeFileSync(stampFile(name), stamp)
  } finally {
    rmSync(making, { recursive: true, force: true })
    rmSync(before, { recursive: true, force: true })
  }
}

/** @param {PartName} name */
function stampFile(name) {
  return inRoot('dist', `.${name}.stamp`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const began = performance.now()
  ensureBuilt(shipped).then(
    (built) => process.stdout.write(`${built.length === 0 ? 'Nothing changed' : `Built ${built.join(', ')}`} (${Math.round(performance.now() - began)} ms)\n`),
    (error) => {
      process.stderr.write(`${error.message}\n`)
      process.exitCode = 1
    },
  )
}
