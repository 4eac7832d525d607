import { asProblem, Problem } from '../shared/problems/problem.ts'
import { exitOf } from './exit-code.ts'
import { printable, wrap } from './terminal/text.ts'
import type { Style } from './terminal/style.ts'

/** A problem as a command ends with it. */
export interface Told {
  readonly code: string
  readonly message: string
  readonly remedy: string
  /** the line to run that the remedy ends with */
  readonly line?: string
  readonly exit: number
}

/** A problem that came as data (the end of a set-up, a refusal of undo), thrown so that the command ends with it. */
export class ToldError extends Error implements Told {
  readonly code: string
  readonly remedy: string
  readonly line?: string
  readonly exit: number

  constructor(view: { code: string; message: string; remedy: string; line?: string }, exit: number = exitOf(view.code)) {
    super(view.message)
    this.code = view.code
    this.remedy = view.remedy
    if (view.line !== undefined) this.line = view.line
    this.exit = exit
  }
}

/**
 * Whatever was thrown, as a problem a person can act on: our own, one that came through the contract, or a fault.
 * `input` of a procedure that its schema refused is `bad_input`.
 */
export function toldOf(thrown: unknown, signal?: AbortSignal): Told {
  if (thrown instanceof Problem || thrown instanceof ToldError) return thrown
  const carried = fromContract(thrown)
  if (carried !== null) return { ...carried, exit: exitOf(carried.code) }
  return asProblem(thrown, signal)
}

/** The problem in an ORPCError, told by its shape: importing oRPC would cost `--version` its speed. */
function fromContract(thrown: unknown): Omit<Told, 'exit'> | null {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown) || !('data' in thrown)) return null
  if (thrown.code === 'BAD_REQUEST') return { code: 'bad_input', message: 'One of the values was refused.', remedy: inputIssues(thrown.data) }
  const data = thrown.data as { code?: unknown; message?: unknown; remedy?: unknown } | null
  if (thrown.code !== 'PROBLEM' || typeof data?.code !== 'string') return null
  return { code: data.code, message: String(data.message), remedy: String(data.remedy) }
}

function inputIssues(data: unknown): string {
  const issues = (data as { issues?: readonly { path?: readonly unknown[]; message?: string }[] } | undefined)?.issues ?? []
  const words = issues.map((issue) => `${(issue.path ?? []).join('.')}: ${issue.message ?? 'refused'}`)
  return words.length === 0 ? 'See --help of the command.' : words.join('; ')
}

/** The message, then what to do, without a stack trace. */
export function problemPage(told: Told, style: Style): string {
  // In a log or a file one line is one sentence, so that it can be searched for.
  const width = style.live ? Math.min(style.columns, 100) - 2 : Number.POSITIVE_INFINITY
  const [first = '', ...rest] = wrap(printable(told.message), width)
  const head = [`${style.bad(style.signs.failed)} ${style.bold(first)}`, ...rest.map((line) => `  ${style.bold(line)}`)]
  const remedy = told.remedy === '' ? [] : wrap(printable(told.remedy), width).map((line) => `  ${line}`)
  // Whole and alone, so that it can be copied.
  const line = told.line === undefined ? [] : [`  ${style.accent(printable(told.line))}`]
  return `${[...head, ...remedy, ...line, `  ${style.dim(`(${told.code})`)}`].join('\n')}\n`
}

/**
 * Where the problem that ends a command is written, and how: with `--json` it is the one value on standard output, but not
 * behind a result that is there already (`answered`), which would make two.
 */
export function problemOutput(told: Told, where: { json: boolean; answered: boolean; style: Style }): { on: 'stdout' | 'stderr'; text: string } {
  const { code, message } = told
  const remedy = told.line === undefined ? told.remedy : `${told.remedy} ${told.line}`
  if (where.json && !where.answered) return { on: 'stdout', text: `${JSON.stringify({ error: { code, message, remedy } }, null, 2)}\n` }
  return { on: 'stderr', text: problemPage(told, where.style) }
}

/** Whether a command line wants JSON, before anything else of it is read. */
export function asksJson(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).includes('--json')
}
