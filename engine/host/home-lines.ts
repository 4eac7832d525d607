import { lstat } from 'node:fs/promises'
import type { FoundHome, Installation } from '../../shared/contract/installation.ts'
import type { PreflightReport } from '../../shared/contract/preflight.ts'
import { asProblem } from '../../shared/problems/problem.ts'
import { partInBytes } from '../../shared/sizes.ts'
import { inspect } from '../installation/inspect.ts'
import { runPreflight } from '../preflight/preflight.ts'

/** ms after which the disk of a home is asked whether it answers at all: a slow machine is waited for, a dead disk keeps no report back */
const patience = 8000
/** How often it is asked: a home with a folder on another disk that is dead ends here as well. */
const mostRounds = 15

export interface HomeLinesOptions {
  readonly patience?: number
  readonly look?: typeof look
  /** whether the disk of a folder answers; never settles where it does not */
  readonly touch?: (folder: string) => Promise<unknown>
}

/**
 * A home as a report tells it: version, state, layout, Java, and the verdict in codes. No words of a check are in it: they quote settings, and settings
 * hold what people put there. However slow the machine, all of it is there; only a disk that does not answer ends it early, and then it says so.
 */
export async function homeLines(found: FoundHome, env: NodeJS.ProcessEnv, options: HomeLinesOptions = {}): Promise<string[]> {
  const { look: examine = look } = options
  const head = [found.home, `  ${found.version === null ? 'version unknown' : `version ${found.version}`}, ${found.state}${found.practice ? ', practice copy' : ''}`]
  const timer = new AbortController()
  try {
    const rest = await Promise.race([examine(found.home, env), untilSilent(found.home, timer.signal, options)])
    return [...head, ...rest.map((line) => `  ${line}`)]
  } catch (thrown) {
    return [...head, `  cannot be examined: ${asProblem(thrown).code}`]
  } finally {
    timer.abort()
  }
}

/** Settles only once the disk of a home does not answer any more, or after `mostRounds`. */
async function untilSilent(home: string, signal: AbortSignal, { patience: ms = patience, touch = lstat }: HomeLinesOptions): Promise<string[]> {
  for (let round = 0; round < mostRounds; round += 1) {
    await wait(ms, signal)
    const answers = touch(home).then(() => true, () => true)
    if (!(await Promise.race([answers, wait(ms, signal).then(() => false)]))) return ['not complete: its disk does not answer']
  }
  return ['not complete: it was still being examined']
}

/** Never settles once it is not waited for any more. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
}

async function look(home: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const installation = await inspect({ home }, env)
  return [...installationLines(installation), ...reportLines(await runPreflight(installation, { env }))]
}

function installationLines({ layout, java, javaTrouble, config, configSource, disk }: Installation): string[] {
  return [
    `layout ${layout}, settings in ${config} (${configSource})`,
    java === null ? 'no Java' : `Java ${java.version} (${java.source}) in ${java.home}`,
    ...(javaTrouble === null ? [] : [`Java: ${javaTrouble.code}`]),
    ...(disk === null ? [] : [`disk: ${partInBytes(disk.freeBytes, disk.totalBytes)} free`]),
  ]
}

function reportLines({ verdict, decidedBy, configured, checks }: PreflightReport): string[] {
  const open = checks.filter(({ status }) => status !== 'passed').map(({ id, status, code }) => `${id} ${status}${code == null ? '' : ` (${code})`}`)
  const decided = decidedBy === null ? '' : `, decided by ${decidedBy}`
  return [`verdict ${verdict}${decided}${configured ? ', configured already' : ''}`, ...(open.length === 0 ? [] : [`checks that did not pass: ${open.join(', ')}`])]
}
