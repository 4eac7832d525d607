import type { Engine, Io } from './io.ts'
import type { Options, Values } from './options/option.ts'
import { parseOptions } from './options/parse.ts'
import type { Secret } from '../shared/secret.ts'
import type { Style } from './terminal/style.ts'

/** What a command has at hand while it runs. */
export interface Context {
  readonly io: Io
  readonly json: boolean
  /** aborted by SIGINT and SIGTERM */
  readonly signal: AbortSignal
  /** ELASTIC_PASSWORD as it was in the environment */
  readonly elasticPassword: Secret | null
  readonly out: Style
  readonly err: Style
  /** opened on first use, closed by whoever runs the command */
  engine(): Promise<Engine>
  /** a line for the person on standard error */
  tell(text: string): void
  /**
   * The result on standard output: `value` with --json, else `page`. Resolves once it was really written, or its reader
   * has gone. Problem: `output_failed`.
   */
  result(value: unknown, page: string): Promise<void>
  /** A result that is given away once, such as a password. Ends with `lost` (why) where it was not written, whatever the reason. */
  handOver(value: unknown, page: string, lost: (why: string) => Error): Promise<void>
}

/** Where a command's `--help` gets its words. */
export interface CommandPage {
  readonly name: string
  readonly summary: string
  /** options that must be there, by name */
  readonly required: readonly string[]
  readonly about: readonly string[]
  readonly options: Options
  readonly examples: readonly (readonly [line: string, means: string])[]
  /** exit codes worth naming here, besides 0, 1 and 2 */
  readonly exits: readonly number[]
  /** only looks, so that Ctrl-C ends it at once; others end when they have put back what they began */
  readonly looksOnly: boolean
}

export interface Command extends CommandPage {
  /** Runs it; gives its exit code. Problems are thrown. */
  run(args: readonly string[], context: Context): Promise<number>
}

/** Ties the options of a command to the values that its `run` receives. */
export function defineCommand<const S extends Options>(
  definition: CommandPage & { readonly options: S; readonly perform: (values: Values<S>, context: Context) => Promise<number> },
): Command {
  const { perform, ...page } = definition
  return {
    ...page,
    run: (args, context) => perform(parseOptions(page.options, args, { command: page.name, cwd: context.io.cwd }), context),
  }
}
