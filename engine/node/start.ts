import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import type { LogLine, PhaseId, RunningNode } from '../../shared/contract/setup.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { diskProblem } from '../plan/disk-problem.ts'
import { openConsoleFiles } from './console-files.ts'
import { endGroup } from './end-group.ts'
import { nodeEnvironment } from './environment.ts'
import { explainFailure, type FailedStart } from './explain.ts'
import { findNode } from './find-node.ts'
import { processIdentity } from '../plan/process-identity.ts'
import { javaCommand } from './java-command.ts'
import { launch, type Launcher, type LauncherEnd } from './launch.ts'
import { logsBefore, newestLog } from './log-follow.ts'
import { writeNodeRecord } from './node-record.ts'
import { PhaseClock } from './phases.ts'
import { serverProcesses } from './server-processes.ts'
import { servicePid, startService, type RunService } from './service.ts'
import { StartLog, type TakeLines } from './start-log.ts'

export interface StartOptions {
  readonly installation: Installation
  /** `512m`, `1g`: for this start alone (a lasting one is a file in jvm.options.d) */
  readonly heap?: string | undefined
  readonly keystorePassword?: Secret | undefined
  readonly signal?: AbortSignal | undefined
  /** a phase begins (and the one before it ends), `at` ms since 1970 */
  readonly onPhase?: (id: PhaseId, at: number) => void
  /** lines as they come, oldest first; `dropped` were left out before them. A promise is waited for: back-pressure. */
  readonly onLog?: TakeLines
  /** of a start that failed: the line, one of those given to `onLog`, that explains it */
  readonly onExplained?: (line: LogLine) => void
  readonly env?: NodeJS.ProcessEnv
  readonly service?: RunService
}

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
 * ends what was started, waits until it is gone and ends with `cancelled`. Problems: `already_running`, those of `javaCommand`,
 * `launch_failed`, `service_*`, those of `explainFailure`.
 */
export async function startNode(options: StartOptions): Promise<StartedNode> {
  const { installation, signal } = options
  const running = await findNode(installation)
  if (running !== null) throw problem('already_running', { home: installation.home, pid: running.pid })
  signal?.throwIfAborted()
  return installation.layout === 'package' ? startedByService(options) : startedByLauncher(options)
}

async function startedByLauncher(options: StartOptions): Promise<StartedNode> {
  const { installation, signal } = options
  const command = javaCommand(installation, ['-d', '-Expack.security.autoconfiguration.enabled=false'], await environment(options))
  const logs = await logsBefore(installation.logs)
  const console = await openConsoleFiles(installation.logs, installation.runAs).catch((thrown: unknown) => {
    throw diskProblem(thrown, installation.logs)
  })
  const watch = watching(options, new StartLog({ logs, out: console.out.path, err: console.err.path }, options.onLog ?? nothing, (event) => watch.clock.see(event)))
  const killsBefore = await memoryKills()
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
  const end = await endOf(launcher, signal)
  if (end === 'aborted') {
    await endGroup(launcher.pid)
    await watch.end()
    throw problem('cancelled', {})
  }
  const server = end.code === 0 ? (await serverProcesses(installation))[0] : undefined
  const identity = server === undefined ? null : await processIdentity(server.pid)
  if (server === undefined || identity === null) {
    await endGroup(launcher.pid)
    await watch.end()
    throw failure(options, watch.log, end, (await memoryKills()) > killsBefore)
  }
  return started(options, watch, { pid: server.pid, startedAt: server.startedAt, identity }, killsBefore)
}

async function startedByService(options: StartOptions): Promise<StartedNode> {
  const { installation } = options
  if (options.keystorePassword !== undefined) throw problem('service_keystore_password', { config: installation.config })
  const logs = await logsBefore(installation.logs)
  const watch = watching(options, new StartLog({ logs, out: null, err: null }, options.onLog ?? nothing, (event) => watch.clock.see(event)))
  const killsBefore = await memoryKills()
  watch.clock.begin('jvm', Date.now())
  try {
    await startService(options.service, options.signal)
  } catch (thrown) {
    await watch.end()
    if (options.signal?.aborted) throw problem('cancelled', {}, { cause: thrown })
    const told = failure(options, watch.log, { code: 1, signal: null }, (await memoryKills()) > killsBefore)
    throw told.code === 'start_failed' ? thrown : told
  }
  const pid = await servicePid(options.service)
  const server = (await serverProcesses(installation))[0]
  const found = server?.pid ?? pid
  const identity = found === null ? null : await processIdentity(found)
  if (found === null || identity === null) {
    await watch.end()
    throw failure(options, watch.log, { code: 1, signal: null }, false)
  }
  return started(options, watch, { pid: found, startedAt: server?.startedAt ?? null, identity }, killsBefore)
}

interface Watch {
  readonly log: StartLog
  readonly clock: PhaseClock
  /** reads what is left and stops */
  end(): Promise<void>
}

function watching(options: StartOptions, log: StartLog): Watch {
  const over = new AbortController()
  const clock = new PhaseClock((id, at) => options.onPhase?.(id, at))
  const following = log.follow(over.signal)
  return {
    log,
    clock,
    async end() {
      over.abort()
      await following
      await log.pump(true)
    },
  }
}

async function started(
  options: StartOptions,
  watch: Watch,
  process: { pid: number; startedAt: number | null; identity: string },
  killsBefore: number,
): Promise<StartedNode> {
  const { installation } = options
  await watch.log.pump()
  const logFile = watch.log.file ?? (await newestLog(installation.logs)) ?? join(installation.logs, 'elasticsearch.log')
  const node: RunningNode = {
    pid: process.pid,
    name: watch.log.node ?? hostname(),
    version: installation.version,
    startedAt: process.startedAt,
    logFile,
  }
  await writeNodeRecord(installation.config, { identity: process.identity, node })
  return {
    node,
    timings: () => watch.clock.timings(Date.now()),
    async died() {
      if ((await processIdentity(process.pid)) === process.identity) return null
      await watch.log.pump(true)
      return failure(options, watch.log, { code: null, signal: null }, (await memoryKills()) > killsBefore)
    },
    letGo: () => watch.end(),
  }
}

async function environment({ installation, heap, env }: StartOptions): Promise<Record<string, string>> {
  const built = await nodeEnvironment({ env: env ?? process.env, account: installation.runAs })
  if (heap === undefined) return built
  return { ...built, ES_JAVA_OPTS: `${built.ES_JAVA_OPTS ?? ''} -Xms${heap} -Xmx${heap}`.trim() }
}

async function endOf(launcher: Launcher, signal: AbortSignal | undefined): Promise<LauncherEnd | 'aborted'> {
  if (signal === undefined) return launcher.ended
  let abort = (): void => undefined
  const aborted = new Promise<'aborted'>((resolve) => {
    abort = () => resolve('aborted')
  })
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    return await Promise.race([launcher.ended, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function failure(options: StartOptions, log: StartLog, end: LauncherEnd, memoryKill: boolean): Problem {
  const { home, config, data, logs } = options.installation
  const how: FailedStart = { home, config, data: data[0] ?? join(home, 'data'), logFile: log.file ?? join(logs, 'firstnode-start.err'), ...end, memoryKill }
  const told = explainFailure(log.kept, how)
  const line = told.line === null ? undefined : log.kept[told.line]
  if (line !== undefined) options.onExplained?.(line)
  return told.problem
}

/** How often the kernel killed for want of memory since the boot (proc(5) `/proc/vmstat`); 0 where it does not say. */
async function memoryKills(): Promise<number> {
  const text = await readFile('/proc/vmstat', 'utf8').catch(() => '')
  return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0)
}

function nothing(): void {}
