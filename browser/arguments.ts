import { parseArgs } from 'node:util'
import { problem } from '../shared/problems/problem.ts'

export interface HostArguments {
  /** the port named for a tunnel, or null: a free one */
  readonly port: number | null
  readonly open: boolean
  /** the address as one JSON value, and nothing else on standard output */
  readonly json: boolean
  readonly help: boolean
}

export const usage = `npm start -- [--no-open] [--port P] [--json]

Starts the wizard on 127.0.0.1 and prints its address.
  --no-open   only print the address, open no browser
  --port P    listen on P, for a server reached over SSH (ssh -L P:127.0.0.1:P host)
  --json      print {"address": …, "port": …} and nothing else; an error as {"error": …}
  --help      print this`

/** Reads the arguments of `npm start`; ends with `bad_input`. */
export function readArguments(argv: readonly string[]): HostArguments {
  const { values } = parsed(argv)
  const port = values.port === undefined ? null : Number(values.port)
  if (port !== null && !(/^\d+$/.test(values.port ?? '') && port >= 1 && port <= 65535)) {
    throw problem('bad_input', { what: `--port ${values.port} is no port.`, want: 'Name one from 1 to 65535.' })
  }
  return { port, open: values['no-open'] !== true, json: values.json === true, help: values.help === true }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { 'no-open': { type: 'boolean' }, port: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
  } catch (cause) {
    throw problem('bad_input', { what: whatIsWrong(cause), want: usage }, { cause })
  }
}

/** In our own words: those of Node explain how to write positional arguments. */
function whatIsWrong(thrown: unknown): string {
  const { code, message } = thrown as NodeJS.ErrnoException
  const [, word = ''] = /'([^' ]*)/.exec(message) ?? []
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `The option ${word} does not exist.`
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `npm start takes no argument such as ${word}.`
  return /does not take an argument/.test(message) ? `The option ${word} takes no value.` : `The option ${word} needs a value.`
}
