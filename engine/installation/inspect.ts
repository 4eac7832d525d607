import { resolve } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { settingText, type Settings } from '../preflight/settings.ts'
import { ownerOf, runAccount } from './accounts.ts'
import { listed, readHomeSettings } from './home-settings.ts'
import { stateOf } from './home-state.ts'
import { asTrouble, findJava } from './java.ts'
import { layoutOf } from './layout.ts'
import { diskOf, maxMapCountOf, memoryOf } from './machine.ts'
import { portsOf } from './ports.ts'
import { isPracticeHome } from './practice-cache.ts'
import { suitableVersionOf } from './version.ts'
import { wholeHome } from './whole-home.ts'

/**
 * All there is to say of a home before anything is changed; touches nothing. Problems: `folder_unreadable`, `not_elasticsearch`,
 * `mixed_versions`, `version_too_old`, `home_incomplete`, `would_run_as_root`, `user_needs_root`, `no_such_account`. What is wrong with its Java,
 * its settings or its owner is data here, for the checks to tell.
 */
export async function inspect(target: NodeTarget, env: NodeJS.ProcessEnv = process.env): Promise<Installation> {
  const home = await wholeHome(target.home)
  const version = await suitableVersionOf(home)
  const layout = await layoutOf({ home, config: target.config, env })
  const [owner, runAs] = await Promise.all([ownerOf(home), runAccount({ home, user: target.user, packaged: layout.kind === 'package' })])
  const settings = await readHomeSettings({ home, config: layout.config, layout: layout.kind, runAs }, { env })
  const paths = pathsOf(home, settings.settings)
  // systemd gives the package its own environment, and nothing of the caller's.
  const javaEnv = layout.kind === 'package' ? layout.packageEnv : env
  const [java, disk, memory, ports, maxMapCount, state] = await Promise.all([
    findJava({ home, version, account: runAs, env: javaEnv }),
    diskOf(paths.data[0] ?? home),
    memoryOf(),
    portsOf(settings.settings),
    maxMapCountOf(),
    stateOf({ home, config: layout.config, version: version.text, ...paths }, settings),
  ])
  return {
    home,
    version: version.text,
    major: version.major,
    layout: layout.kind,
    config: layout.config,
    configSource: layout.configSource,
    ...paths,
    owner,
    runAs,
    java: java.java,
    javaTrouble: asTrouble(java.trouble),
    javaNeeds: java.needs,
    disk,
    memory,
    ports,
    maxMapCount,
    practice: isPracticeHome(home),
    state: state.state,
    stateReason: state.reason,
    ...(state.unfinished === undefined ? {} : { unfinished: state.unfinished }),
  }
}

/** `path.data` and `path.logs`, relative to the home (Elasticsearch's working directory); `data` and `logs` in it where none is named. */
export function pathsOf(home: string, settings: Settings): { data: string[]; logs: string } {
  const named = listed(settings, 'path.data')
  return {
    data: (named.length > 0 ? named : ['data']).map((path) => resolve(home, path)),
    logs: resolve(home, settingText(settings, 'path.logs') ?? 'logs'),
  }
}
