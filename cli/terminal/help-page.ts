import type { Command, CommandPage } from '../command.ts'
import { exitMeanings } from '../exit-code.ts'
import type { Option } from '../options/option.ts'
import type { Style } from './style.ts'
import { columnsOf, indented, padEnd, wrap } from './text.ts'

/** The page of one command: what it does, its options, examples and exit codes. */
export function commandHelp(command: CommandPage, style: Style): string {
  const width = Math.min(style.columns, 100)
  return join([
    `${style.bold(`firstnode ${command.name}`)}\n${indented(command.summary, '', width)}`,
    section('Usage', usage(command, width), style),
    command.about.map((paragraph) => indented(paragraph, '', width)).join('\n\n'),
    section('Options', twoColumns(Object.entries(command.options).map(([name, option]) => [`${option.short === undefined ? '' : `-${option.short}, `}${optionName(name, option)}`, option.help]), width), style),
    section('Examples', examples(command, style), style),
    section('Exit codes', exits([0, 1, 2, ...command.exits, 130]), style),
  ])
}

/** The first page: every command with what it does. */
export function overview(commands: readonly Command[], version: string, style: Style): string {
  const width = Math.min(style.columns, 100)
  return join([
    `${style.bold(`firstnode ${version}`)} ${style.dim(style.signs.dot)} gives Elasticsearch 8 and 9 its first secured node`,
    section('Usage', ['  firstnode COMMAND [OPTIONS]'], style),
    section('Commands', twoColumns(commands.map((command) => [command.name, command.summary]), width), style),
    section(
      'Everywhere',
      twoColumns(
        [
          ['--help', 'the page of a command: its options, examples and exit codes'],
          ['--json', 'one JSON value on standard output and nothing else; errors as {"error": {code, message, remedy}}'],
          ['--version', 'the version of Firstnode'],
        ],
        width,
      ),
      style,
    ),
    section('Exit codes', exits(Object.keys(exitMeanings).map(Number)), style),
    'Progress goes to standard error, results to standard output. Begin with: firstnode up',
  ])
}

/** A command's page as data, for `--help --json`. */
export function helpData(command: CommandPage): unknown {
  return {
    command: command.name,
    summary: command.summary,
    usage: synopsis(command).join(' '),
    options: Object.entries(command.options).map(([name, option]) => ({
      name: `--${name}`,
      ...(option.short === undefined ? {} : { short: `-${option.short}` }),
      value: option.kind === 'flag' ? null : option.value,
      repeatable: option.kind === 'list',
      help: option.help,
    })),
    exitCodes: Object.fromEntries([0, 1, 2, ...command.exits, 130].map((code) => [code, exitMeanings[code]])),
  }
}

/** The call with every option, those that may be left out in brackets. */
function synopsis(command: CommandPage): string[] {
  const entries = Object.entries(command.options).filter(([name]) => name !== 'help')
  const needed = command.required.map((name) => optionName(name, command.options[name]!))
  const others = entries.filter(([name]) => !command.required.includes(name)).map(([name, option]) => `[${optionName(name, option)}]${option.kind === 'list' ? '…' : ''}`)
  return [`firstnode ${command.name}`, ...needed, ...others]
}

/** The synopsis broken between options, its further lines below the first option. */
function usage(command: CommandPage, width: number): string[] {
  const [call = '', ...parts] = synopsis(command)
  const indent = ' '.repeat(columnsOf(call) + 2)
  const lines = [`  ${call}`]
  for (const part of parts) {
    const last = lines.at(-1) ?? ''
    if (columnsOf(last) + 1 + columnsOf(part) <= width) lines[lines.length - 1] = `${last} ${part}`
    else lines.push(`${indent} ${part}`)
  }
  return lines
}

function optionName(name: string, option: Option): string {
  return option.kind === 'flag' ? `--${name}` : `--${name} ${option.value}`
}

function examples(command: CommandPage, style: Style): string[] {
  return command.examples.flatMap(([line, means]) => [`  ${style.accent(line)}`, `      ${means}`])
}

function exits(codes: readonly number[]): string[] {
  return codes.map((code) => `  ${String(code).padStart(3)}  ${exitMeanings[code] ?? ''}`)
}

/** Names on the left, their words on the right, broken to the width; a long name has a line of its own. */
function twoColumns(rows: readonly (readonly [name: string, words: string])[], width: number): string[] {
  const left = Math.min(28, Math.max(...rows.map(([name]) => columnsOf(name)))) + 2
  return rows.flatMap(([name, words]) => {
    const lines = wrap(words, Math.max(24, width - left - 2))
    const ownLine = columnsOf(name) > left - 2
    const first = ownLine ? [`  ${name}`] : []
    return [...first, ...lines.map((line, index) => `  ${padEnd(index === 0 && !ownLine ? name : '', left)}${line}`)]
  })
}

function section(title: string, lines: readonly string[], style: Style): string {
  return [style.bold(title), ...lines].join('\n')
}

function join(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}
