import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Installation } from '../../shared/contract/installation.ts'
import type { PhaseId, RunningNode } from '../../shared/contract/setup.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { ownLevel, withheldLine } from '../../shared/start-lines.ts'
import { diskProblem } from '../plan/disk-problem.ts'
import { processIdentity } from '../plan/process-identity.ts'
import { wayToAsk } from './ask-to-stop.ts'
import { openConsoleFiles, type ConsoleFiles } from './console-files.ts'
import { endGroup } from './end-group.ts'
import { nodeEnvironment, withheldNames } from './environment.ts'
import { findNode } from './find-node.ts'
import { javaCommand } from './java-command.ts'
import { launch, type Launcher, type LauncherEnd } from './launch.ts'
import { newestLog } from './log-follow.ts'
import { writeNodeRecord } from './node-record.ts'
import { referredVariables } from './referred-variables.ts'
import { serverProcesses } from './server-processes.ts'
import { servicePid, startService, type RunService } from './service.ts'
import { watchStart, type StartListener, type StartWatch } from './start-watch.ts'

export interface StartOptions extends StartListener {
  readonly installation: Installation
  /** `512m`, `1g`: for this start alone (a lasting one is a file in jvm.options.d) */
  readonly heap?: string | undefined
  readonly keystorePassword?: Secret | undefined
  readonly signal?: AbortSignal | undefined
  readonly env?: NodeJS.ProcessEnv
  readonly service?: RunService
  /** the launcher stays beside its server, which can be asked to stop only by ending it (Windows; see `WayToAsk`) */
  readonly attended?: boolean
  /** settings for this start alone, above elasticsearch.yml; a package's service takes none */
  readonly settings?: Readonly<Record<string, string>>
  /** it joins a cluster: an abort ends it only as long as no master can have counted it in. Later it is left to run, so that it can leave the cluster first. */
  readonly joins?: boolean
}

/** So long (ms) the log of a node that is attended has to show itself: where `log4j2.properties` names other places, whether it answers will tell. */
const logPatienceMs = 60_000

/** A node that is up: bound, and started. Its log is followed until `letGo`, which leaves the node alone. */
export interface StartedNode {
  readonly node: RunningNode
  /** ms each phase took so far */
  timings(): Partial<Record<PhaseId, number>>
  /** null while the node runs; why it ended, once it has */
  died(): Promise<Problem | null>
  letGo(): Promise<void>
}

/**
 * Starts the node as the account `installation.runAs`, detached, and returns when it listens (see `waitUntilAnswering` for
 * the rest). Elasticsearch's own security auto-configuration is off in this start, whatever state the home is in. An abort
 * ends what was started (but see `joins`), waits until it is gone and ends with `cancelled`. Problems: `already_running`, those of `javaCommand`,
 * `launch_failed`, `write_…` (logs folder), `service_…`, those of `explainFailure`.
 */
export async function startNode(options: StartOptions): Promise<StartedNode> {
  const { installation, signal } = options
  const running = await findNode(installation)
  if (running !== null) throw problem('already_running', { home: installation.home, pid: running.pid })
  if (signal?.aborted) throw problem('cancelled', {})
  return installation.layout === 'package' ? startedByService(options) : startedByLauncher(options)
}

async function startedByLauncher(options: StartOptions): Promise<StartedNode> {
  const { installation, signal } = options
  const { attended = wayToAsk(process.platform) === 'launcher', settings = {}, joins = false } = options
  const given = Object.entries(settings).map(([name, value]) => `-E${name}=${value}`)
  // Quiet: nobody would ever shorten the file that its console goes to.
  const command = javaCommand(installation, [attended ? '-q' : '-d', '-Expack.security.autoconfiguration.enabled=false', ...given], await environment(options))
  const console = await consoleOf(installation)
  const watch = await watchStart(installation, options, { out: console.out.path, err: console.err.path })
  let launcher: Launcher
  try {
    launcher = await launch(command, installation.runAs, console, options.keystorePassword ?? null)
  } catch (thrown) {
    await watch.end()
    throw thrown
  } finally {
    await console.close()
  }
  watch.clock.begin('jvm', Date.now())
  const end = await endOf(launcher, attended ? watch : null, signal)
  try {
    const isUp = end === 'up' || (end !== 'aborted' && !attended && end.code === 0)
    const node = isUp ? await startedNode(installation, watch, attended ? { hasEnded: () => launcher.hasEnded() } : {}) : null
    if (node !== null) {
      launcher.letGo()
      return node
    }
  } catch (thrown) {
    await endGroup(launcher.pid)
    await watch.end()
    throw thrown
  }
  if (end === 'aborted' && joins) await watch.log.pump(true)
  const mayBeCountedIn = end === 'aborted' && joins && watch.log.listens
  if (mayBeCountedIn) launcher.letGo()
  else await endGroup(launcher.pid)
  await watch.end()
  if (end === 'aborted') throw problem('cancelled', {})
  throw await watch.failure(end === 'up' ? { code: null, signal: null } : end)
}

async function startedByService(options: StartOptions): Promise<StartedNode> {
  const { installation, signal } = options
  if (options.keystorePassword !== undefined) throw problem('service_keystore_password', { config: installation.config })
  const watch = await watchStart(installation, options, null)
  watch.clock.begin('jvm', Date.now())
  const failed: LauncherEnd = { code: 1, signal: null }
  try {
    await startService(options.service, signal)
  } catch (thrown) {
    await watch.end()
    if (signal?.aborted) throw problem('cancelled', {}, { cause: thrown })
    const told = await watch.failure(failed)
    throw told.code === 'start_failed' ? thrown : told
  }
  const node = await startedNode(installation, watch, { pid: await servicePid(options.service) })
  if (node !== null) return node
  await watch.end()
  throw await watch.failure(failed)
}

/** What is known of a server by other means than the processes: its number, and whether it ended (its launcher ends with it). */
interface Known {
  readonly pid?: number | null
  readonly hasEnded?: () => boolean
}

/** The server that came of a start; null where there is none. */
async function startedNode(installation: Installation, watch: StartWatch, known: Known): Promise<StartedNode | null> {
  const { config, logs, version } = installation
  const server = (await serverProcesses(installation))[0]
  const pid = server?.pid ?? known.pid ?? null
  const identity = pid === null ? null : await processIdentity(pid)
  if (pid === null || identity === null) return null
  await watch.log.pump()
  const logFile = watch.log.file ?? (await newestLog(logs)) ?? join(logs, 'elasticsearch.log')
  const node: RunningNode = { pid, name: watch.log.node ?? hostname(), version, startedAt: server?.startedAt ?? null, httpPort: watch.log.httpPort, logFile }
  await writeNodeRecord(config, { identity, node })
  return {
    node,
    timings: () => watch.clock.timings(Date.now()),
    async died() {
      const lives = known.hasEnded === undefined ? (await processIdentity(pid)) === identity : !known.hasEnded()
      if (lives) return null
      await watch.log.pump(true)
      return watch.failure({ code: null, signal: null })
    },
    letGo: () => watch.end(),
  }
}

async function consoleOf({ logs, runAs }: Installation): Promise<ConsoleFiles> {
  try {
    return await openConsoleFiles(logs, runAs)
  } catch (thrown) {
    throw diskProblem(thrown, logs)
  }
}

async function environment({ installation, heap, env = process.env, onLog }: StartOptions): Promise<Record<string, string>> {
  const asked = { env, account: installation.runAs, refers: await referredVariables(installation.config) }
  const withheld = withheldNames(asked)
  if (withheld.length > 0) await onLog?.([{ at: Date.now(), level: ownLevel, text: withheldLine(withheld), explains: false }], 0)
  const built = await nodeEnvironment(asked)
  if (heap === undefined) return built
  return { ...built, ES_JAVA_OPTS: `${built.ES_JAVA_OPTS ?? ''} -Xms${heap} -Xmx${heap}`.trim() }
}

/** How the launcher ended. Of one that stays beside its server (`watch`) also: `up`, once the log says so. */
async function endOf(launcher: Launcher, watch: StartWatch | null, signal: AbortSignal | undefined): Promise<LauncherEnd | 'up' | 'aborted'> {
  const over = new AbortController()
  const aborted = new Promise<'aborted'>((resolve) => {
    const abort = (): void => resolve('aborted')
    signal?.addEventListener('abort', abort, { once: true, signal: over.signal })
    if (signal?.aborted) abort()
  })
  const up = watch === null ? [] : [watch.started.then(() => 'up' as const), withoutLog(watch, over.signal)]
  try {
    return await Promise.race([launcher.ended, aborted, ...up])
  } finally {
    over.abort()
  }
}

/** Ends where no server log was seen for as long as there is patience; else never. */
async function withoutLog({ log }: StartWatch, over: AbortSignal): Promise<'up'> {
  await pause(logPatienceMs, undefined, { signal: over, ref: false }).catch(() => undefined)
  return log.file === null && !over.aborted ? 'up' : new Promise(() => undefined)
}
