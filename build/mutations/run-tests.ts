import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { nodeExecutable } from '../node-runtime.mjs'
import { type Report, readPlaywright, readVitest } from './failed-tests.ts'
import type { Killers } from './mutant.ts'
import { windowTests } from './table.ts'

/** What became of tests: a report, or none within the time. */
export type Outcome = Report | 'out of time'

/**
 * Runs tests in a copy of the checkout, the window's on what is built there.
 * @param how.limit in ms
 * @param how.env of the desktop that the window's tests drive
 * @param how.toTheFirstFailure one is enough, and the others may each wait for what does not come
 * Throws where the runner leaves no report.
 */
export async function runTests(folder: string, tests: Killers, how: {
  limit: number
  toTheFirstFailure: boolean
  stop: AbortSignal
  env: NodeJS.ProcessEnv
}): Promise<Outcome> {
  const report = join(folder, 'report-of-tests.json')
  await rm(report, { force: true })
  const { words, end, read } = 'unit' in tests ? unit(folder, tests.unit, report) : window(folder, tests.window)
  const { ended, said } = await runInTime(folder, how.toTheFirstFailure ? [...words, end] : words, { ...how.env, FIRSTNODE_TEST_REPORT: report }, how.limit, how.stop)
  if (!ended) return 'out of time'
  const text = await readFile(report, 'utf8').catch((cause: unknown) => {
    throw new Error(`The tests left no report:\n${said}`, { cause })
  })
  return read(text)
}

function unit(folder: string, files: readonly string[], report: string) {
  return { words: [join(folder, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=json', `--outputFile.json=${report}`, ...files], end: '--bail=1', read: readVitest }
}

function window(folder: string, titles: readonly string[]) {
  const wanted = titles.map((title) => title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const config = join(folder, 'test', 'electron', 'playwright.config.ts')
  return { words: [join(folder, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', '--config', config, windowTests, '--grep', `(${wanted})$`], end: '--max-failures=1', read: readPlaywright }
}

/** In a group of processes of its own, so that what it started ends with it. */
function runInTime(folder: string, words: readonly string[], env: NodeJS.ProcessEnv, limit: number, stop: AbortSignal): Promise<{ ended: boolean; said: string }> {
  const PATH = `${join(folder, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`
  const grouped = process.platform !== 'win32'
  const child = spawn(nodeExecutable(), words, { cwd: folder, env: { ...process.env, PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: grouped })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-5000)))
  let ended = true
  const end = (): void => {
    ended = false
    if (grouped && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  }
  const timer = setTimeout(end, limit)
  stop.addEventListener('abort', end, { once: true })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => {
      clearTimeout(timer)
      stop.removeEventListener('abort', end)
      resolve({ ended, said })
    })
  })
}
