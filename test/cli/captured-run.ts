import { Readable } from 'node:stream'
import type { Io, Output, StopSignal } from '../../cli/io.ts'
import { run } from '../../cli/run.ts'
import { EngineDouble } from './engine-double.ts'

/** A stream that keeps what is written to it; `broken` answers every write so: EPIPE is a pipe that nobody reads. */
export class CapturedOutput implements Output {
  text = ''
  readonly isTTY: boolean
  readonly columns: number
  readonly broken: string | null

  constructor(options: { terminal?: boolean; columns?: number; broken?: 'EPIPE' | 'ENOSPC' | 'EIO' } = {}) {
    this.isTTY = options.terminal ?? false
    this.columns = options.columns ?? 80
    this.broken = options.broken ?? null
  }

  write(text: string, written?: (error?: Error | null) => void): boolean {
    const { broken } = this
    if (broken === null) this.text += text
    const failed = broken !== null && text !== '' ? Object.assign(new Error(`write ${broken}`), { code: broken }) : null
    queueMicrotask(() => written?.(failed))
    return true
  }

  on(): void {
    // a captured stream never fails on its own
  }
}

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly double: EngineDouble
}

interface Surroundings {
  double?: EngineDouble
  env?: Record<string, string>
  stdin?: string | Io['stdin']
  stdout?: CapturedOutput
  stderr?: CapturedOutput
  platform?: NodeJS.Platform
  /** stands in for the browser host: gets its arguments, gives the exit code */
  openWizard?: (args: readonly string[]) => Promise<number>
  /** gives the test a way to send a signal while the command runs */
  signals?: (send: (signal: StopSignal) => void) => void
}

/** Runs one command line against the engine's double, as `firstnode ARGS` would. */
export async function ran(args: readonly string[], around: Surroundings = {}): Promise<Ran> {
  const double = around.double ?? new EngineDouble()
  const stdout = around.stdout ?? new CapturedOutput()
  const stderr = around.stderr ?? new CapturedOutput()
  const code = await run({
    args,
    env: around.env ?? {},
    cwd: '/',
    platform: around.platform ?? 'linux',
    stdin: typeof around.stdin === 'object' ? around.stdin : Readable.from(around.stdin === undefined ? [] : [Buffer.from(around.stdin)]),
    stdout,
    stderr,
    answer: { begun: false },
    onSignal: (listener) => {
      around.signals?.(listener)
      return () => undefined
    },
    openEngine: double.open,
    openWizard: around.openWizard ?? (() => Promise.reject(new Error('no wizard was expected'))),
  })
  return { code, out: stdout.text, err: stderr.text, double }
}

/** Standard output as the one JSON value it must be. */
export function jsonOf(result: Ran): unknown {
  return JSON.parse(result.out)
}
