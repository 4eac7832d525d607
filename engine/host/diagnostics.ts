import { availableParallelism } from 'node:os'
import type { Secret } from '../../shared/secret.ts'
import { inBytes } from '../../shared/sizes.ts'
import { findHomes } from '../installation/find.ts'
import { diskOf, memoryOf } from '../installation/machine.ts'
import { stateFolder } from '../setup/keep-log.ts'
import { homeFolder } from '../system/home-folder.ts'
import { searchProblem } from '../system/search-places.ts'
import { firstnodeVersion } from '../version.ts'
import { versionsUnder } from './about.ts'
import type { HostAccount } from './desktop.ts'
import { newestFailedStart, newestLines } from './failed-start.ts'
import { homeLines } from './home-lines.ts'
import type { HostKind } from './host-info.ts'
import { withoutSecrets } from './without-secrets.ts'

/** More homes than these are counted, and not told. */
const mostHomes = 6
const linesOfLog = 120
/** ms that a report waits for the usual places, longer than a list that somebody looks at: a slow machine is not to leave homes out */
const searchFor = 60_000

export interface DiagnosticsSources {
  readonly kind: HostKind
  readonly account: HostAccount
  /** the password of a node that was set up here, so that it can be kept out */
  readonly passwordOf?: (config: string) => Secret | null
  readonly find?: typeof findHomes
  /** where Firstnode keeps the logs of failed starts */
  readonly state?: string
  readonly homeFolder?: string
  readonly env?: NodeJS.ProcessEnv
}

const nothingFound: Awaited<ReturnType<typeof findHomes>> = { homes: [], unsearched: { slow: [], full: [] } }

/**
 * What a person attaches to a report, as text: versions, the machine, the homes that are found with their verdict, the newest lines of our own log and of the newest
 * start that failed. Paths begin with `~` where they lie in the person's home folder. Without secrets; touches nothing. What cannot be told is left out.
 */
export async function diagnosticsText(sources: DiagnosticsSources): Promise<string> {
  const { kind, account, find = findHomes, state = stateFolder(), homeFolder: user = homeFolder(), env = process.env } = sources
  const { homes, unsearched } = await find({ timeUp: AbortSignal.timeout(searchFor) }).catch(() => nothingFound)
  const incomplete = searchProblem('Elasticsearch', unsearched, searchFor)
  const [machine, told, log, failed] = await Promise.all([
    machineLines(user),
    Promise.all(homes.slice(0, mostHomes).map((home) => homeLines(home, env))),
    account.log().catch(() => ''),
    newestFailedStart(state),
  ])
  const parts = [
    [`Firstnode ${firstnodeVersion} (${kind})`, ...Object.entries(versionsUnder(account)).map(([name, version]) => `${name} ${version}`)],
    ['Machine', ...machine],
    [`Elasticsearch in the usual places: ${homes.length}`, ...(incomplete === null ? [] : indented([incomplete.message]))],
    ...told,
    log.trim() === '' ? [] : [`Newest lines of Firstnode's own log${account.logFolder === null ? '' : ` (${account.logFolder})`}`, ...indented(newestLines(log, linesOfLog))],
    failed === null ? [] : [`Newest start that failed (${failed.name})`, ...indented(failed.lines)],
  ]
  const text = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')
  const known = homes.flatMap(({ config }) => sources.passwordOf?.(config)?.reveal() ?? [])
  return `${withoutSecrets(homeAsTilde(text, user), known)}\n`
}

async function machineLines(home: string): Promise<string[]> {
  const [memory, disk] = await Promise.all([memoryOf(), diskOf(home)])
  const told = [`${process.platform} ${process.arch}, ${availableParallelism()} processors`, `memory: ${inBytes(memory.freeBytes)} of ${inBytes(memory.totalBytes)} free`]
  return indented([...told, ...(disk === null ? [] : [`disk of ~: ${inBytes(disk.freeBytes)} of ${inBytes(disk.totalBytes)} free`])])
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}

/** The home folder names its person, and tells nothing else. */
function homeAsTilde(text: string, home: string): string {
  return home.length > 1 ? text.replaceAll(home, '~') : text
}
