import { resolve } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { nearest } from './nearest.ts'
import type { Option, Options, Values } from './option.ts'

interface Where {
  /** the command as typed, for the words of a refusal */
  readonly command: string
  /** paths are taken from here */
  readonly cwd: string
}

/**
 * Reads the arguments of a command: `--name value`, `--name=value`, flags, repeated lists, `--` as the end of options; and where an option has a letter, `-n value`, `-nvalue`, `-n=value`.
 * Ends with `bad_input` for whatever it does not know, naming the nearest option, and with `password_in_argument` for a
 * password. A value is never repeated in a refusal unless it was checked to be harmless: it may be a secret in the wrong place.
 */
export function parseOptions<const S extends Options>(options: S, args: readonly string[], where: Where): Values<S> {
  const given = new Map<string, string[]>()
  const help = `See: firstnode ${where.command} --help`
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index]!
    if (arg === '--') {
      if (index + 1 < args.length) throw tooMany(help)
      break
    }
    if (!arg.startsWith('-') || arg === '-') throw tooMany(help, options, arg)
    const byLetter = shortIn(options, arg)
    const { name, value } = byLetter ?? split(arg)
    const option = Object.hasOwn(options, name) && (byLetter !== null || arg.startsWith('--')) ? options[name] : undefined
    if (option === undefined) throw unknown(arg, split(arg).name, options, help)
    if (option.kind === 'flag') {
      if (value !== null) throw problem('bad_input', { what: `--${name} takes no value.`, want: `Give it as --${name}. ${help}` })
      given.set(name, [])
      continue
    }
    const text = value ?? args[(index += 1)]
    if (text === undefined || text === '' || (value === null && text.startsWith('--'))) throw missing(name, option, text, help)
    const earlier = given.get(name)
    if (earlier !== undefined && option.kind !== 'list') throw problem('bad_input', { what: `--${name} was given twice.`, want: 'Give it once.' })
    given.set(name, [...(earlier ?? []), text])
  }
  const entries = Object.entries(options).map(([name, option]) => [name, read(name, option, given.get(name), where)] as const)
  return Object.fromEntries(entries) as Values<S>
}

/** `--name=value` in two; value null where there is no `=`. */
function split(arg: string): { name: string; value: string | null } {
  const bare = arg.replace(/^--?/, '')
  const at = bare.indexOf('=')
  return at < 0 ? { name: bare, value: null } : { name: bare.slice(0, at), value: bare.slice(at + 1) }
}

/** `-n`, `-nvalue` or `-n=value` where `n` is the letter of an option; null for anything else. A long name behind one dash is a slip, and told as one. */
function shortIn(options: Options, arg: string): { name: string; value: string | null } | null {
  if (arg.startsWith('--') || Object.hasOwn(options, split(arg).name)) return null
  const found = Object.entries(options).find(([, { short }]) => short !== undefined && short === arg[1])
  if (found === undefined) return null
  const [name, option] = found
  const rest = arg.slice(2)
  if (rest === '') return { name, value: null }
  return option.kind === 'flag' ? null : { name, value: rest.replace(/^=/, '') }
}

function read(name: string, option: Option, texts: readonly string[] | undefined, where: Where): unknown {
  if (option.kind === 'flag') return texts !== undefined
  if (option.kind === 'list') return texts ?? []
  const text = texts?.[0]
  if (text === undefined) return undefined
  if (option.kind === 'path') return resolve(where.cwd, withoutNull(name, text))
  if (option.kind === 'port') return port(name, text)
  if (option.kind === 'heap') return heap(name, text)
  if (option.kind === 'choice' && !option.choices.includes(text))
    throw problem('bad_input', { what: `--${name} is one of ${option.choices.join(', ')}.`, want: didYouMean(nearest(text, option.choices)) })
  return text
}

function port(name: string, text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (number >= 1 && number <= 65535) return number
  throw problem('bad_input', { what: `--${name} ${shown(text)} is not a port.`, want: 'Give a whole number from 1 to 65535.' })
}

function heap(name: string, text: string): string {
  if (/^[1-9]\d*[kmgt]?$/i.test(text)) return text.toLowerCase()
  throw problem('bad_input', { what: `--${name} ${shown(text)} is not a size.`, want: 'Give a number with m or g behind it: 512m, 1g.' })
}

function withoutNull(name: string, text: string): string {
  if (!text.includes('\0')) return text
  throw problem('bad_input', { what: `--${name} holds a null character.`, want: 'Give a path.' })
}

function unknown(arg: string, name: string, options: Options, help: string): Error {
  if (/(pass(word|phrase)|passwd|secret)$/i.test(name)) return passwordRefused(name, options)
  const near = nearest(name, Object.keys(options))
  const dashes = /^-+/.exec(arg)?.[0] ?? '--'
  const hint = near === null ? help : `Did you mean --${near}? ${help}`
  return problem('bad_input', { what: `There is no option ${dashes}${shown(name)}.`, want: hint })
}

function passwordRefused(name: string, options: Options): Error {
  const keystore = /keystore/i.test(name)
  const option = keystore ? 'keystore-password-stdin' : 'password-stdin'
  const ways = [
    ...(Object.hasOwn(options, option) ? [`on standard input with --${option}`] : []),
    ...(!keystore && Object.hasOwn(options, 'scope') ? ['in the environment variable ELASTIC_PASSWORD'] : []),
  ]
  const instead = ways.length === 0 ? 'This command needs no password.' : `Give it ${ways.join(', or ')}.`
  return problem('password_in_argument', { option: `--${shown(name)}`, instead })
}

function missing(name: string, option: Exclude<Option, { kind: 'flag' }>, text: string | undefined, help: string): Error {
  const want = text?.startsWith('--') ? `A value that begins with -- is given as --${name}=${option.value}. ${help}` : help
  return problem('bad_input', { what: `--${name} wants a value: --${name} ${option.value}.`, want })
}

function tooMany(help: string, options: Options = {}, arg = ''): Error {
  const meant = Object.hasOwn(options, arg) ? `Did you mean --${arg}? ` : ''
  return problem('bad_input', { what: 'This command takes options only; something stands there without one.', want: `${meant}${help}` })
}

export function didYouMean(near: string | null): string {
  return near === null ? 'See: firstnode --help' : `Did you mean ${near}?`
}

/** A name as it may be repeated: short and printable. */
function shown(name: string): string {
  return name.replace(/[^\p{L}\p{N}_.-]/gu, '?').slice(0, 40)
}
