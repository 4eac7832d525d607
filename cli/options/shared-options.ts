import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'

/** Options that stand wherever a home stands, worded once. */
export const homeOptions = {
  home: { kind: 'path', value: 'DIR', help: 'the folder of Elasticsearch (ES_HOME): the one that holds bin, config and lib' },
  config: { kind: 'path', value: 'DIR', help: 'its config directory, where that is not HOME/config (or set ES_PATH_CONF)' },
  user: { kind: 'text', value: 'USER', help: 'called by root: the account (a name or a number) that runs the node; default: the owner of the home' },
} as const

export const outputOptions = {
  json: { kind: 'flag', help: 'print one JSON value on standard output and nothing else' },
  help: { kind: 'flag', short: 'h', help: 'show this page' },
} as const

/** What a first node may be told: of `plan` and of `up`. */
export const answerOptions = {
  'node-name': { kind: 'text', value: 'NAME', help: 'the name of the node (default: the name of this machine)' },
  'cluster-name': { kind: 'text', value: 'NAME', help: 'the name of the cluster (default: elasticsearch)' },
  'http-port': { kind: 'port', value: 'PORT', help: 'the port for HTTPS; named here it is used or refused (default: 9200, or the next free one)' },
  'transport-port': { kind: 'port', value: 'PORT', help: 'the port between nodes; as above (default: 9300, or the next free one)' },
  heap: { kind: 'heap', value: 'SIZE', help: 'the heap of the node: 512m, 1g (default: what Elasticsearch chooses)' },
  'http-host': { kind: 'text', value: 'HOST', help: 'who can reach it: 0.0.0.0 (default: this machine and the network) or 127.0.0.1' },
  san: { kind: 'list', value: 'NAME', help: 'a further name or address in the HTTP certificate; may be repeated' },
} as const

export const secretOptions = {
  'password-stdin': { kind: 'flag', help: 'read the elastic password from standard input (one line)' },
  'keystore-password-stdin': { kind: 'flag', help: 'read the password of elasticsearch.keystore from standard input (one line, the first)' },
} as const

interface Homed {
  readonly home: string | undefined
  readonly config: string | undefined
  readonly user: string | undefined
}

/** The node that the options mean; ends with `bad_input` where `--home` is missing. */
export function targetOf(values: Homed, command: string): NodeTarget {
  if (values.home === undefined)
    throw problem('bad_input', { what: `${command} needs to know which Elasticsearch.`, want: `Name its folder: firstnode ${command} --home DIR` })
  return { home: values.home, ...(values.config === undefined ? {} : { config: values.config }), ...(values.user === undefined ? {} : { user: values.user }) }
}
