import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { posix, win32 } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { layoutOf } from '../installation/layout.ts'
import type { Environment } from '../preflight/placeholders.ts'
import { askSystem, type Ask } from '../system/ask-system.ts'
import { accountVariables, nodeEnvironment } from './environment.ts'

/** What of an installation decides on the environment of its node. Without `java` the launcher's own choice is taken. */
export type NodeHome = Pick<Installation, 'home' | 'config' | 'layout' | 'runAs'> & Partial<Pick<Installation, 'java' | 'major'>>

type Variables = Readonly<Record<string, string>>

/**
 * The environment in which the node of this home reads its settings: the one that its launcher makes of the caller's (`env`), or systemd for a
 * package. `refers`: the variables that its files refer to. For an archive it is the one that `startNode` starts it in.
 */
export async function launchEnvironment(
  home: NodeHome,
  asked: { readonly env?: Environment | undefined; readonly refers: ReadonlySet<string>; readonly platform?: NodeJS.Platform | undefined; readonly ask?: Ask | undefined },
): Promise<Variables> {
  const { env = process.env, refers, platform = process.platform } = asked
  if (home.layout === 'package') return launcherVariables(home, await serviceEnvironment(home, asked.ask), platform)
  const variables = launcherVariables(home, await nodeEnvironment({ env, account: home.runAs, refers, platform }), platform)
  return platform === 'win32' ? inTheirSpelling(variables, refers) : variables
}

/**
 * What `bin/elasticsearch` and `bin/elasticsearch-env` (or their .bat) make of the environment they are called in: HOSTNAME, which a shell may keep to itself, PWD, no options
 * of the JVM from elsewhere. From 9.4 on, and on Windows, also what they found out themselves; else that is exported only where it was before.
 */
export function launcherVariables({ home, config, layout, java }: NodeHome, env: Variables, platform: NodeJS.Platform): Record<string, string> {
  const path = platform === 'win32' ? win32 : posix
  const around: Record<string, string> = { ...env }
  const set = (name: string, value: string | null): void => {
    for (const one of namesOf(name, around, platform)) delete around[one]
    if (value !== null) around[name] = value
  }
  const given = (name: string): string | undefined => valueOf(name, env, platform)
  for (const name of ['JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS']) set(name, null)
  set('HOSTNAME', nodeHostName(env, platform))
  if (platform !== 'win32') set('PWD', home)
  const bundled = java == null ? (given('ES_JAVA_HOME') ?? '') === '' : java.source === 'bundled'
  const ownJava = path.join(home, ...(platform === 'darwin' ? ['jdk.app', 'Contents', 'Home'] : ['jdk']))
  const javaHome = java?.home ?? (bundled ? ownJava : (given('ES_JAVA_HOME') ?? ''))
  // elasticsearch-env.bat names the bundled one as well, the script of Unix does not.
  set('ES_JAVA_HOME', bundled && platform !== 'win32' ? null : javaHome)
  const found = {
    ES_HOME: home,
    ES_PATH_CONF: config,
    ES_DISTRIBUTION_TYPE: distributionOf(layout),
    JAVA: java?.executable ?? path.join(javaHome, 'bin', platform === 'win32' ? 'java.exe' : 'java'),
    JAVA_TYPE: bundled ? 'bundled JDK' : 'ES_JAVA_HOME',
  }
  const all = hasServerLauncher(home, platform) || platform === 'win32'
  for (const [name, value] of Object.entries(found)) if (all || given(name) !== undefined) set(name, value)
  return around
}

/** HOSTNAME as the node has it, which is also its name where the settings give none: what the caller exports, else this machine's. */
export function nodeHostName(env: Environment, platform: NodeJS.Platform = process.platform): string {
  return valueOf(platform === 'win32' ? 'COMPUTERNAME' : 'HOSTNAME', env, platform) || hostname()
}

/** From 9.4 on Elasticsearch has a launcher of its own. */
export function hasServerLauncher(home: string, platform: NodeJS.Platform = process.platform): boolean {
  return existsSync((platform === 'win32' ? win32 : posix).join(home, 'lib', 'tools', 'server-launcher'))
}

export function distributionOf(layout: Installation['layout']): string {
  return layout === 'package' ? 'deb' : 'zip'
}

export function valueOf<T extends string | undefined>(name: string, env: Readonly<Record<string, T>>, platform: NodeJS.Platform): T | undefined {
  return env[namesOf(name, env, platform)[0] ?? name]
}

/** The names in `env` that are this one: on Windows also those of other letters. */
function namesOf(name: string, env: Environment, platform: NodeJS.Platform): string[] {
  return Object.keys(env).filter((one) => (platform === 'win32' ? one.toUpperCase() === name : one === name))
}

/** With the names that files refer to, as these spell them: Java asks Windows, which knows no case there. */
function inTheirSpelling(variables: Variables, refers: ReadonlySet<string>): Variables {
  const spelled = [...refers].flatMap((name) => {
    const own = Object.keys(variables).find((one) => one.toUpperCase() === name.toUpperCase())
    return own === undefined ? [] : [[name, variables[own] ?? '']]
  })
  return { ...variables, ...(Object.fromEntries(spelled) as Record<string, string>) }
}

/** What systemd gives the node of a deb or rpm: what its unit says, and its environment file; nothing of the caller's. */
async function serviceEnvironment({ home, config, runAs }: NodeHome, ask: Ask = askSystem): Promise<Variables> {
  const said = await ask('systemctl', ['show', 'elasticsearch.service', '--property=Environment']).catch(() => '')
  const { packageEnv } = await layoutOf({ home })
  const own = { ES_HOME: home, ES_PATH_CONF: config, PID_DIR: '/var/run/elasticsearch', ES_SD_NOTIFY: 'true' }
  const unit = unitVariables(said)
  return { ...(runAs === null ? {} : await accountVariables(runAs)), ...(Object.keys(unit).length === 0 ? own : unit), ...packageEnv }
}

/** `Environment=A=b "C=d e"`, as `systemctl show` prints it. */
export function unitVariables(said: string): Record<string, string> {
  const line = /^Environment=(.*)$/m.exec(said)?.[1] ?? ''
  const words = line.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []
  const bare = words.map((word) => (word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word))
  return Object.fromEntries(bare.flatMap((word) => (word.includes('=') ? [[word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]] : [])))
}
