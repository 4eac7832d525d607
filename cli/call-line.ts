import { join } from 'node:path'
import type { Installation } from '../shared/contract/installation.ts'
import type { NodeTarget } from '../shared/contract/target.ts'
import { quotes, type Shell, shellOf } from '../shared/shell-lines.ts'
import type { Io } from './io.ts'

type Caller = Pick<Io, 'env' | 'platform'>

/** A command of ours as a line to run next: in the way this one was called, for the same node, every value quoted for the shell. */
export function callLine(io: Caller, command: string, target: NodeTarget): string {
  const quoted = quotes[callersShell(io)]
  const config = configToName(io, target)
  const words = [
    ownCall(io),
    command,
    `--home ${quoted(target.home)}`,
    ...(config === null ? [] : [`--config ${quoted(config)}`]),
    ...(target.user === undefined ? [] : [`--user ${quoted(target.user)}`]),
  ]
  return words.join(' ')
}

/** The shell whose syntax the lines are in that somebody is to run next. */
export function callersShell({ env, platform }: Caller): Shell {
  return shellOf(platform, env.SHELL)
}

/** `text` with every `firstnode COMMAND` in it called as this one was. */
export function asCalled(io: Caller, text: string, commands: readonly string[]): string {
  const call = ownCall(io)
  return call === 'firstnode' ? text : text.replace(new RegExp(`\\bfirstnode (?=(?:${commands.join('|')}|--help)\\b)`, 'g'), `${call} `)
}

/** The node as it stays meant on another day, in another shell: a config directory that came from the environment is named. */
export function lastingTarget(target: NodeTarget, { config, configSource }: Pick<Installation, 'config' | 'configSource'>): NodeTarget {
  return configSource === 'ES_PATH_CONF' ? { ...target, config } : target
}

/** Where the person stands: npm runs a script from the folder of the sources and keeps the caller's in INIT_CWD. */
export function callersFolder(env: Io['env'], cwd: string): string {
  return env.npm_lifecycle_event === 'firstnode' && env.INIT_CWD !== undefined ? env.INIT_CWD : cwd
}

function ownCall({ env }: Caller): string {
  return env.npm_lifecycle_event === 'firstnode' ? 'npm run -s firstnode --' : 'firstnode'
}

/** The config directory where a line has to name it: not the one that is found without. */
function configToName({ env }: Caller, { home, config }: NodeTarget): string | null {
  return config === undefined || (config === join(home, 'config') && (env.ES_PATH_CONF ?? '') === '') ? null : config
}
