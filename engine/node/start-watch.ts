import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import type { LogLine, PhaseId } from '../../shared/contract/setup.ts'
import type { Problem } from '../../shared/problems/problem.ts'
import { jvmOptionsOf } from '../preflight/jvm-options.ts'
import { explainFailure } from './explain.ts'
import type { LauncherEnd } from './launch.ts'
import { logsBefore } from './log-follow.ts'
import { phaseBegunBy, PhaseClock } from './phases.ts'
import { StartLog, type TakeLines } from './start-log.ts'

/** What a start tells while it goes on. */
export interface StartListener {
  /** a phase begins (and the one before it ends), `at` ms since 1970 */
  readonly onPhase?: (id: PhaseId, at: number) => void
  /** lines as they come, oldest first; `dropped` were left out before them. A promise is waited for: back-pressure. */
  readonly onLog?: TakeLines
  /** of a start that failed: the line, one of those given to `onLog`, that explains it */
  readonly onExplained?: (line: LogLine) => void
}

/** A start that is watched: its log and its phases, until `end`. */
export interface StartWatch {
  readonly log: StartLog
  readonly clock: PhaseClock
  /** the server's log says that the node is started */
  readonly started: Promise<void>
  /** reads what is left and stops */
  end(): Promise<void>
  /** why it ended, as far as it was read; tells the line that explains it */
  failure(end: LauncherEnd): Promise<Problem>
}

/** Begins to watch before anything is started: `console` are the files that the launcher will print to, null where there are none. */
export async function watchStart(installation: Installation, listener: StartListener, console: { out: string; err: string } | null): Promise<StartWatch> {
  const { home, config, data, logs } = installation
  const over = new AbortController()
  const clock = new PhaseClock((id, at) => listener.onPhase?.(id, at))
  const before = await logsBefore(logs)
  const killsBefore = await memoryKills()
  let isStarted = (): void => undefined
  const started = new Promise<void>((resolve) => {
    isStarted = resolve
  })
  const log = new StartLog({ logs: before, out: console?.out ?? null, err: console?.err ?? null }, listener.onLog ?? (() => undefined), (event) => {
    clock.see(event)
    if (phaseBegunBy(event) === 'security-index') isStarted()
  })
  const following = log.follow(over.signal)
  return {
    log,
    clock,
    started,
    async end() {
      over.abort()
      await following
      await log.pump(true)
    },
    async failure(end) {
      const memoryKill = (await memoryKills()) > killsBefore
      const options = await jvmOptionsOf(installation, process.env, installation.java?.major ?? null)
      const told = explainFailure(log.kept, { home, config, data: data[0] ?? join(home, 'data'), options, ...end, memoryKill })
      const line = told.line === null ? undefined : log.kept[told.line]
      if (line !== undefined) listener.onExplained?.(line)
      return told.problem
    },
  }
}

/** How often the kernel killed for want of memory since the boot (proc(5) `/proc/vmstat`); 0 where it does not say. */
async function memoryKills(): Promise<number> {
  const text = await readFile('/proc/vmstat', 'utf8').catch(() => '')
  return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0)
}
