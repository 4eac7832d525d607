import { firstnodeVersion } from '../engine/version.ts'
import { problem } from '../shared/problems/problem.ts'
import { Secret } from '../shared/secret.ts'
import { asCalled } from './call-line.ts'
import type { Command, Context } from './command.ts'
import { allCommands, commandNames, commandOf } from './commands/commands.ts'
import type { Io, OpenEngine, StopSignal } from './io.ts'
import { nearest } from './options/nearest.ts'
import { didYouMean } from './options/parse.ts'
import { said, unwritten, whyUnwritten, written } from './output.ts'
import { asksJson, problemOutput, problemPage, toldOf, type Told } from './problem-page.ts'
import { cancelledBy } from './stopping.ts'
import { styleOf } from './terminal/style.ts'

/**
 * Runs one command line and gives its exit code. Everything it prints has been taken by the system when this resolves;
 * whatever is thrown on the way becomes one message (on standard output as JSON with `--json`).
 */
export async function run(io: Io): Promise<number> {
  io.stdout.on('error', () => undefined)
  io.stderr.on('error', () => undefined)
  const stop = new AbortController()
  let stoppedBy: StopSignal | null = null
  const forget = io.onSignal((signal) => {
    if (stoppedBy !== null) said(io.stderr, 'Already cancelling: what was begun is being put back.\n')
    stoppedBy ??= signal
    stop.abort()
  })
  const context = contextOf(io, stop.signal)
  let code: number
  try {
    code = await dispatch(io.args, context)
  } catch (thrown) {
    const told = toldOf(thrown, stop.signal)
    code = told.exit
    await tellProblem(told, context)
  }
  const closing = await context.close().then(() => null, (thrown: unknown) => toldOf(thrown))
  if (closing !== null && code === 0) {
    code = closing.exit
    said(io.stderr, problemPage(closing, context.err))
  }
  forget()
  await written(io.stderr, '').catch(() => undefined)
  return code === 130 && stoppedBy === 'SIGTERM' ? 143 : code
}

async function dispatch(typed: readonly string[], context: Context): Promise<number> {
  const [first, ...rest] = commandFirst(typed)
  const command = first === undefined ? null : await commandOf(first)
  if (command !== null) return rest.some(asksHelp) && !afterEnd(rest, asksHelp) ? help(command, context) : perform(command, rest, context)
  if (first === undefined) {
    throw problem('bad_input', { what: 'No command was given.', want: `One of ${commandNames.join(', ')}. See: firstnode --help` })
  }
  if (first === 'help' || asksHelp(first)) return helpFor(rest.find((arg) => !arg.startsWith('-')), context)
  if (first === '--version' || first === '-V' || first === 'version') return version(context)
  const dashed = first.startsWith('-')
  const named = first.replace(/^--|=.*$/gs, '')
  if (first.startsWith('--') && (await allCommands()).some(({ options }) => Object.hasOwn(options, named))) {
    const want = `Give the command first: firstnode COMMAND --${named} … See: firstnode --help`
    throw problem('bad_input', { what: `--${named} stands before the command it belongs to.`, want })
  }
  const near = nearest(first.replace(/^-+/, ''), [...commandNames, ...(dashed ? ['version', 'help', 'json'] : [])])
  const meant = near !== null && dashed && ['version', 'help', 'json'].includes(near) ? `--${near}` : near
  const shown = first.replace(/[^\p{L}\p{N}_.-]/gu, '?').slice(0, 40)
  throw problem('bad_input', { what: `There is no ${dashed ? 'option' : 'command'} ${shown}.`, want: meant === null ? didYouMean(null) : `${didYouMean(meant)} See: firstnode --help` })
}

/** `--json` may stand before the command as well, since every command knows it: `firstnode --json status` is `firstnode status --json`. */
function commandFirst(typed: readonly string[]): readonly string[] {
  const at = typed.findIndex((arg) => arg !== '--json')
  const [first, ...rest] = at < 0 ? [] : typed.slice(at)
  return first === undefined ? [] : [first, ...typed.slice(0, at), ...rest]
}

function perform(command: Command, args: readonly string[], context: Context): Promise<number> {
  const work = command.run(args, context)
  return command.looksOnly ? Promise.race([work, cancelledBy(context.signal)]) : work
}

function asksHelp(arg: string): boolean {
  return arg === '--help' || arg === '-h'
}

function afterEnd(args: readonly string[], test: (arg: string) => boolean): boolean {
  const end = args.indexOf('--')
  return end >= 0 && args.findIndex(test) > end
}

async function helpFor(name: string | undefined, context: Context): Promise<number> {
  if (name === undefined) {
    const [commands, { helpData, overview }] = await Promise.all([allCommands(), import('./terminal/help-page.ts')])
    await context.result(commands.map(helpData), overview(commands, firstnodeVersion, context.out))
    return 0
  }
  const command = await commandOf(name)
  if (command !== null) return help(command, context)
  throw problem('bad_input', { what: 'There is no such command.', want: didYouMean(nearest(name, commandNames)) })
}

async function help(command: Command, context: Context): Promise<number> {
  const { commandHelp, helpData } = await import('./terminal/help-page.ts')
  await context.result(helpData(command), commandHelp(command, context.out))
  return 0
}

async function version(context: Context): Promise<number> {
  await context.result({ version: firstnodeVersion }, `${firstnodeVersion}\n`)
  return 0
}

function contextOf(io: Io, signal: AbortSignal): Context & { close(): Promise<void> } {
  const json = asksJson(io.args)
  const textOf = (value: unknown, page: string): string => (json ? `${JSON.stringify(value, null, 2)}\n` : page)
  let opening: Promise<OpenEngine> | null = null
  let opened: OpenEngine | null = null
  const password = io.env.ELASTIC_PASSWORD
  return {
    io,
    json,
    signal,
    elasticPassword: password === undefined || password === '' ? null : new Secret(password),
    out: styleOf(io.stdout, io.env, io.platform),
    err: styleOf(io.stderr, io.env, io.platform),
    engine: async () => {
      opened = await (opening ??= io.openEngine())
      return opened.engine
    },
    tell: (text) => said(io.stderr, `${text}\n`),
    result: (value, page) => {
      io.answer.begun = true
      return written(io.stdout, textOf(value, page)).catch((thrown: unknown) => {
        const failed = unwritten(thrown)
        if (failed !== null) throw failed
      })
    },
    handOver: (value, page, lost) => {
      io.answer.begun = true
      return written(io.stdout, textOf(value, page)).catch((thrown: unknown) => {
        throw lost(whyUnwritten(thrown))
      })
    },
    close: async () => opened?.close(),
  }
}

async function tellProblem(problem: Told, context: Context): Promise<void> {
  // The message of an error is no property that a spread takes along.
  const told = { ...problem, message: problem.message, remedy: asCalled(context.io, problem.remedy, commandNames) }
  const { on, text } = problemOutput(told, { json: context.json, answered: context.io.answer.begun, style: context.err })
  if (on === 'stderr') said(context.io.stderr, text)
  else await written(context.io.stdout, text).catch(() => said(context.io.stderr, problemPage(told, context.err)))
}
