import type { FoundHome, Installation } from '../../shared/contract/installation.ts'
import type { PreflightReport } from '../../shared/contract/preflight.ts'
import { asProblem } from '../../shared/problems/problem.ts'
import { partInBytes } from '../../shared/sizes.ts'
import { inspect } from '../installation/inspect.ts'
import { runPreflight } from '../preflight/preflight.ts'

/** ms after which nobody waits for a home: a disk that does not answer must not keep a report back */
const patience = 8000

/**
 * A home as a report tells it: version, state, layout, Java, and the verdict in codes. No words of a check are in it: they quote settings, and settings
 * hold what people put there.
 */
export async function homeLines(found: FoundHome, env: NodeJS.ProcessEnv): Promise<string[]> {
  const head = [found.home, `  ${found.version === null ? 'version unknown' : `version ${found.version}`}, ${found.state}${found.practice ? ', practice copy' : ''}`]
  const timer = new AbortController()
  try {
    const rest = await Promise.race([look(found.home, env), afterPatience(timer.signal)])
    return [...head, ...rest.map((line) => `  ${line}`)]
  } catch (thrown) {
    return [...head, `  cannot be looked at: ${asProblem(thrown).code}`]
  } finally {
    timer.abort()
  }
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

function afterPatience(signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(['does not answer']), patience)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
}
